"""Words of pages, by what they announce, in the languages of the news: headings of link lists, labels, class names.

Phrases are compared after `newsreader.text.fold`, without the punctuation around them.
"""

from newsreader.text import fold


def words(table: str) -> tuple[str, ...]:
    """The words of a table, which white space separates."""
    return tuple(table.split())


def _phrases(table: str) -> tuple[str, ...]:
    """The phrases of a table, folded: bars and line ends separate them, "_" stands for a space at an end."""
    parts = table.replace("\n", "|").split("|")
    return tuple(fold(phrase).replace("_", " ") for part in parts if (phrase := part.strip()))


HIDDEN_CLASSES = frozenset(
    words("""
    hidden visually-hidden visuallyhidden sr-only sr_only screen-reader-text screen-reader-only screenreader-only
    u-hidden is-hidden d-none show-for-sr u-visually-hidden
    """)
)

# Headings of lists that belong to the story.
RELATED_HEADINGS = frozenset(
    _phrases("""
    related|related articles|related stories|related news|related content|related coverage|related topics
    related reading|related posts
    related links|related to this story|related article|related story|more on this story|more on this
    more on this topic|more about this|read also
    also read|see also|in this story|further reading|background|more on the story|read more about|more related news
    more from this story|read more on this
    関連記事|関連ニュース|関連|関連リンク|関連コンテンツ|関連トピック|あわせて読みたい|合わせて読みたい
    併せて読みたい|こちらもおすすめ|関連する記事|この記事の関連ニュース
    この記事を読んだ人はこちらも|時系列で見る|関連ストーリー|関連特集|関連写真|こちらも読まれています
    相关新闻|相关报道|相关阅读|相关文章|相关内容|延伸阅读|相关链接|相关|推荐阅读|相關新聞|相關報導|相關文章|相關閱讀
    延伸閱讀|相關連結|同場加映|更多相關新聞
    관련기사|관련 기사|관련뉴스|관련 뉴스|연관기사|연관 기사|이 기사와 관련된 기사|함께 보면 좋은 기사|관련 콘텐츠
    관련 글|함께 읽으면 좋은 기사
    mehr zum thema|lesen sie auch|lesen sie mehr zum thema|verwandte artikel|verwandte themen|auch interessant
    zum thema|weitere artikel zum thema|ähnliche artikel
    ähnliche themen|ähnliche nachrichten|mehr dazu|das könnte sie auch interessieren zum thema|passend zum thema
    mehr zu diesem thema|weiterführende links
    lire aussi|à lire aussi|a lire aussi|sur le même thème|sur le même sujet|articles liés|articles connexes
    en rapport|dans le même dossier|pour aller plus loin
    la rédaction vous conseille|voir aussi|à voir aussi|notre dossier|retrouvez notre dossier
    nos articles sur le sujet
    más sobre|más información|noticias relacionadas|artículos relacionados|relacionado|relacionados|relacionadas
    te puede interesar|le puede interesar|lea también
    lee también|ver también|sobre este tema|contenido relacionado|información relacionada|más sobre este tema
    también te puede interesar|temas relacionados|leer más sobre
    leia também|leia mais|notícias relacionadas|relacionadas|artigos relacionados|veja também|saiba mais
    matérias relacionadas|sobre o mesmo tema|conteúdo relacionado
    leggi anche|articoli correlati|notizie correlate|correlati|per approfondire|vedi anche
    ti potrebbe interessare anche|sullo stesso argomento|approfondimenti
    читайте также|по теме|материалы по теме|похожие новости|похожие материалы|связанные новости|ещё по теме
    еще по теме|читать также|сюжет|смотрите также|читайте по теме
    читайте також|за темою|матеріали за темою|дивіться також|схожі новини
    lees ook|lees meer over|gerelateerd|gerelateerde artikelen|meer over|meer over dit onderwerp|meer lezen over
    verwante artikelen
    czytaj także|czytaj też|czytaj również|zobacz także|zobacz też|zobacz również|powiązane|powiązane artykuły
    przeczytaj także|przeczytaj również|polecamy w temacie
    läs också|läs även|läs mer|relaterat|relaterade artiklar|mer om ämnet|les også|les mer|relaterte saker
    relaterte artikler|mer om saken|læs også|relaterede artikler|læs mere om
    lue myös|aiheesta lisää|aiheeseen liittyvää|lisää aiheesta|související|související články|čtěte také
    přečtěte si také|k tématu|kapcsolódó|kapcsolódó cikkek|olvassa el
    ilgili haberler|ilgili haber|ilginizi çekebilir|benzer haberler|bunlar da ilginizi çekebilir|ayrıca okuyun
    مقالات ذات صلة|أخبار ذات صلة|اقرأ أيضا|اقرأ أيضًا|إقرأ أيضا|ذات صلة|مواضيع ذات صلة|موضوعات متعلقة|שמעתם
    כתבות קשורות|קראו גם|ידיעות קשורות|اخبار مرتبط|مطالب مرتبط|بیشتر بخوانید
    संबंधित खबरें|यह भी पढ़ें|ये भी पढ़ें|संबंधित समाचार|σχετικά άρθρα|διαβάστε επίσης|διαβάστε ακόμη|σχετικά
    taip pat skaitykite|susiję straipsniai|loe ka|seotud lood|lasi arī
    tin liên quan|bài liên quan|xem thêm|đọc thêm|berita terkait|baca juga|artikel terkait|tengdar fréttir|frétt af
    lestu meira|citește și|articole similare|свързани новини
""")
)

# Headings of lists of other news.
MORE_HEADINGS = frozenset(
    _phrases("""
    latest|latest news|latest stories|latest articles|latest headlines|most read|most popular|most viewed|popular
    trending|trending now|top stories|top news|more news|more stories
    read next|up next|recommended|recommended for you|you may also like|you might also like|more from|editors' picks
    editor's picks|don't miss|in case you missed it|must read|must reads
    recent posts|recent articles|recent news|what to read next|more in|more top stories|most commented|most shared
    next article|previous article|breaking news|headlines|keep reading|what others are reading
    最新ニュース|最新記事|新着記事|新着ニュース|新着|ランキング|アクセスランキング|人気記事|人気記事ランキング
    よく読まれている記事|よく読まれた記事|トップニュース|主要ニュース|おすすめ記事|おすすめ|注目記事|注目ニュース
    一覧
    ニュースランキング|今読まれている記事|前の記事|次の記事|ピックアップ|他の記事|その他のニュース|速報|最近の記事
    今日の一面
    最新新闻|最新消息|最新文章|热门新闻|热点新闻|热门文章|热门|排行榜|点击排行|今日热点|头条|最新新聞|最新報導
    即時新聞|熱門新聞|熱門文章|熱門|人氣新聞|編輯推薦|編輯精選|猜你喜欢|猜你喜歡|你可能也喜歡|下一篇|上一篇|推薦文章
    推荐
    최신뉴스|최신 뉴스|최신기사|최신 기사|많이 본 뉴스|많이 본 기사|인기기사|인기 기사|인기뉴스|주요뉴스|주요 뉴스
    랭킹뉴스|오늘의 뉴스|추천기사|추천 기사|실시간 뉴스|헤드라인|이 시각 주요뉴스|가장 많이 본 뉴스|댓글 많은 기사
    neueste artikel|neueste nachrichten|aktuelle nachrichten|meistgelesen|meistgelesene artikel|am meisten gelesen
    beliebt|top-themen|topthemen|top themen|mehr nachrichten|empfehlungen|das könnte sie auch interessieren
    weitere artikel|weitere nachrichten|mehr aus|mehr von|nicht verpassen|neueste beiträge|aktuell|schlagzeilen
    newsticker|empfohlen
    les plus lus|les plus récents|dernières actualités|dernières nouvelles|dernières infos|derniers articles
    à la une|à découvrir|à découvrir également|recommandé pour vous|vous aimerez aussi|plus d'articles
    articles récents|les plus populaires|en continu
    lo más leído|lo más visto|más leídas|más leídos|últimas noticias|lo último|recomendado|recomendados|destacadas
    destacados|más noticias|otras noticias|también en|noticias más leídas|tendencias|te recomendamos
    mais lidas|mais lidos|mais vistas|últimas notícias|recomendadas|destaques|mais notícias|outras notícias|em alta
    as mais lidas|recomendado para você
    ultime notizie|più letti|i più letti|le più lette|più lette|ultim'ora|raccomandati per te|in evidenza
    altre notizie|potrebbe interessarti|ti potrebbe interessare|consigliati|da non perdere|articoli recenti
    последние новости|популярное|самое читаемое|самое популярное|главное|главные новости|новости|лента новостей
    ещё новости|еще новости|другие новости|рекомендуем|сейчас читают|топ новостей|все новости|лучшее
    вам может быть интересно
    останні новини|популярне|головне|найпопулярніше|новини
    meest gelezen|laatste nieuws|net binnen|aanbevolen|populair|meer nieuws|het laatste nieuws|najczęściej czytane
    najnowsze|najnowsze wiadomości|polecane|popularne|najpopularniejsze|ostatnie wiadomości|najchętniej czytane
    mest läst|mest lästa|senaste nytt|senaste|mest lest|siste nytt|siste saker|mest læste|seneste nyt
    seneste nyheder|seneste|luetuimmat|uusimmat|tuoreimmat|nejčtenější|nejnovější|legolvasottabb|legfrissebb
    friss hírek
    son haberler|en çok okunanlar|çok okunanlar|popüler haberler|öne çıkanlar|önerilen haberler|الأكثر قراءة
    آخر الأخبار|أحدث الأخبار|الأكثر مشاهدة|اخترنا لك|הנקראות ביותר|חדשות אחרונות|پربازدیدترین|آخرین اخبار
    ताज़ा खबरें|ताजा खबरें|लोकप्रिय|बड़ी खबरें|τελευταία νέα|δημοφιλή|ροή ειδήσεων|skaitomiausi|naujausi
    populaarseimad|viimased uudised|tin mới nhất|đọc nhiều nhất|tin nổi bật|mới nhất|terpopuler|berita terbaru
    terbaru|berita lainnya
    mest lesið|nýjast|nýjustu fréttir|cele mai citite|ultimele știri|най-четени|последни новини
""")
)

# A heading that starts so and goes on with a name ("More from Jane Doe", "More on climate").
RELATED_STARTS = _phrases("""
    related_|more on_|more about_|read more about_|mehr zum thema_|mehr zu_|más sobre_|mais sobre_|lire aussi
    関連記事|関連ニュース
    meer over_|mer om_|по теме|sur le même_|à lire aussi|lesen sie auch|relacionad
""")
MORE_STARTS = _phrases("""
    more from_|more in_|latest_|mehr aus_|mehr von_|weitere_|most read_|top_|más de_|mais de_|plus de_
    altri articoli_|новости_|最新|人気|トップニュース
    trending_|popular_|recent_|últimas_|letzte_|neueste_|meistgelesen|mest lest|mest läst|meest gelezen
""")
# Headings of lists that hold no articles: menus, topics, players, pictures, advertisements, services.
OTHER_HEADINGS = frozenset(
    _phrases("""
    menu|main menu|navigation|main navigation|site navigation|sections|topics|tags|filed under|in this section
    explore more topics|related topics|follow us|subscribe|newsletters|newsletter|our newsletters|sign up
    videos|video|latest videos|watch|galleries|gallery|photos|photo galleries|in pictures|podcasts|podcast|listen
    sponsored|sponsored content|advertisement|advertising|promoted|promoted content|partner content|paid content
    paid post|brand content|branded content|from our partners|press releases|shop|jobs|events|services|games
    recent comments|latest comments|neueste kommentare|derniers commentaires|comentarios recientes|commenti recenti
    メニュー|ナビゲーション|キーワード|関連キーワード|関連トピック|関連タグ|タグ|テーマ|動画|動画ニュース|写真
    写真特集|フォトギャラリー|ギャラリー|写真ニュース|広告|pr|pr情報|お知らせ|スポンサー|スポンサードリンク|提供
    イベント|イベント情報|イベント・出版情報|求人|求人情報|ポッドキャスト|おすすめ動画|企画・特集広告|プレスリリース
    标签|视频|图片|图集|专题|广告|推广|標籤|影音|圖輯|專題|廣告|활동|태그|키워드|동영상|영상|포토|포토뉴스|광고
    menü|hauptmenü|hauptnavigation|themen|schlagworte|schlagwörter|ähnliche themen|verwandte themen|mehr themen
    bildergalerien|bilder|videos des tages|anzeige|anzeigen|werbung|gesponsert|partnerangebote|angebote|stellenmarkt
    stellenangebote|services|gutscheine
    menu principal|sujets|thèmes|mots-clés|diaporama|diaporamas|vidéo|vidéos|photos|contenu sponsorisé|publicité
    annonces|emploi|partenaires|communiqués
    menú|menú principal|archivado en|temas|etiquetas|temas relacionados|más temas|vídeo|vídeos|fotos|fotogalería
    fotogalerías|galerías|publicidad|contenido patrocinado|patrocinado|servicios|empleo
    tópicos|assuntos|mais sobre os temas|conteúdo patrocinado|publicidade|galeria|galerias|serviços
    argomenti|tag|temi|foto|gallerie|fotogallery|contenuto sponsorizzato|pubblicità|annunci|servizi
    меню|меню сайта|темы|теги|видео|фото|фотогалереи|галерея|реклама|новости компаний|новости партнеров|спецпроекты
    пресс-релизы|партнерский материал|відео|новини компаній|новини партнерів|спецпроєкти|теми
    onderwerpen|trefwoorden|video's|foto's|advertentie|gesponsord|vacatures|tematy|tagi|wideo|zdjęcia|galerie
    materiał sponsorowany|reklama|partnerzy|ämnen|filmer|bilder|annons|annonser|emner|annonse|annonser|annonce
    emneord|aiheet|avainsanat|kuvat|mainos|hlavní menu|témata|štítky|fotogalerie|komerční sdělení|címkék|galéria
    hirdetés|etiketler|konular|galeri|reklam|videolar|الوسوم|مواضيع|فيديو|صور|إعلان|تگ|תגיות|וידאו|टैग|वीडियो
    ετικέτες|βίντεο|φωτογραφίες|temos|raktažodžiai|chủ đề|từ khóa|ảnh|topik|tag terkait|foto
""")
)
# An announcement of such a list goes on with a name or "all".
OTHER_STARTS = _phrases("""
    sponsored by_|advertisement:|promoted by_|новости компаний_|новости партнеров_|pr_|PRイチオシ|anzeige:
""")
TOC_HEADINGS = frozenset(
    _phrases("""
    contents|table of contents|in this article|on this page|jump to|目次|もくじ|この記事の内容|記事の内容|目录|目錄
    本文目录|文章目錄|목차|inhalt|inhaltsverzeichnis|in diesem artikel|sommaire|table des matières|au sommaire
    índice
    contenido|tabla de contenidos|en este artículo|sumário|neste artigo|conteúdo|indice|sommario
    indice dei contenuti|in questo articolo|содержание|оглавление|зміст|inhoud|inhoudsopgave|spis treści
    w tym artykule|innehåll|indhold|innhold
    sisällys|obsah|tartalom|içindekiler|المحتويات|فهرس|תוכן עניינים|विषय सूची|περιεχόμενα|nội dung|mục lục
    daftar isi
""")
)

# A paragraph or item that begins so and holds little but a link is a pointer to another article.
READ_ALSO = _phrases("""
    read more|read also|also read|read next|see also|more:|related:|read:|must read|don't miss|watch:|watch more
    click here|find out more|learn more|recommended:|related article|related story|listen:|in pictures:|ALSO:|▶
    関連記事|関連ニュース|あわせて読みたい|合わせて読みたい|【関連】|【関連記事】|[関連記事|参考記事|こちらも
    続きを読む|もっと読む|詳しくは|延伸閱讀|延伸阅读|相关阅读|相关新闻|相關新聞|更多新聞|相关报道|看更多|更多报道
    點我看更多
    관련기사|관련 기사|[관련기사|☞|▶ 관련|lesen sie auch|lesen sie mehr|lesen sie dazu|mehr zum thema|lesen sie hier
    mehr dazu|lies auch|auch interessant|weiterlesen|mehr lesen|lire aussi|à lire aussi|lire la suite|à lire
    voir aussi|lire :|>> lire
    lea también|lee también|leer más|ver más|más información|te puede interesar|lea aquí|lea además|leia também
    leia mais|veja também|saiba mais|leggi anche|leggi di più|vedi anche|approfondisci|читайте также|читать также
    читайте по теме|смотрите также|подробнее
    читайте також|дивіться також|lees ook|lees meer|lees verder|czytaj także|czytaj też|czytaj również|czytaj więcej
    zobacz też|zobacz także|przeczytaj|läs också|läs även|läs mer|les også|les mer|les mere|læs også|læs mere
    lue myös|lue lisää
    čtěte také|přečtěte si|olvass tovább|ilgili haber|ayrıca oku|اقرأ أيضا|اقرأ أيضًا|إقرأ أيضا|اقرأ المزيد|קראו גם
    קרא עוד|یہ بھی پڑھیں|یہ بھی پڑھیے|بیشتر بخوانید|यह भी पढ़ें|ये भी पढ़ें|διαβάστε επίσης|διαβάστε ακόμη
    taip pat skaitykite|loe ka|xem thêm|đọc thêm
    baca juga|simak juga|frétt af|lestu|citește și|прочетете още
""")

# A short block that begins so is not text of the article.
PROMO = _phrases("""
    advertisement|sign up|subscribe|follow us|follow @|share this|share on|click to share|copyright|©
    all rights reserved|newsletter|get our|download our|join our|support our|story continues below
    article continues below|scroll to continue|continue reading below
    photo:|image:|image credit|photo credit|picture:|listen to this article|print this article|skip to
    copyright ©|copyright (c)|our standards:
    leave a comment|post a comment|view comments|have your say|send us|contact us|tags:|topics:|filed under
    posted in|this article was originally|minutes to read|min read|advertising|sponsored|thank you for|log in
    register
    広告|シェア|ツイート|フォロー|無断転載|メールマガジン|メルマガ|会員登録|ログイン|スポンサーリンク
    この記事をシェア|記事をシェア|印刷|文字サイズ|タグ:|キーワード:|责任编辑|編輯:|责编|广告|分享到|分享|关注我们
    版权|版權|转载|廣告|扫一扫|打开微信|订阅|訂閱
    광고|구독|공유하기|공유|무단전재|무단 전재|저작권자|기자 구독|좋아요|anzeige|werbung|newsletter|teilen
    abonnieren|alle rechte|jetzt anmelden|an dieser stelle find|ich bin damit einverstanden
    personenbezogene daten können|externer inhalt|empfohlener externer|empfohlener redaktioneller inhalt
    zur startseite|publicité|abonnez-vous|partager|inscrivez-vous|tous droits|s'abonner|newsletters
    publicidad|suscríbete|suscríbase|compartir|síguenos|todos los derechos|regístrate|publicidade|assine|compartilhe
    compartilhar|siga|todos os direitos|inscreva-se|pubblicità|iscriviti|condividi|abbonati|riproduzione riservata
    seguici
    реклама|подпишитесь|подписывайтесь|поделиться|подписаться|все права|реклама на|нашли ошибку|підписуйтесь
    поділитися|advertentie|schrijf je in|deel dit|reklama|udostępnij|zapisz się|obserwuj nas|masz uwagi|annons|dela
    prenumerera|annonse|annonce|mainos|jaa artikkeli|hirdetés|reklam|abone ol|paylaş|إعلان|شارك|اشترك|תגובות|शेयर
    διαφήμιση|iklan|chia sẻ
""")
PROMO_LABELS = tuple(word for word in PROMO if word.isascii() and " " not in word)
PROMO_PHRASES = tuple(word for word in PROMO if word not in PROMO_LABELS)

# Text in the place of a player or post that is not shown before readers consent.
EMBED_NOTICES = _phrases("""
    an dieser stelle find|an dieser stelle steht ein extern|ich bin damit einverstanden|empfohlener redaktionell
    empfohlener extern|externer inhalt|deine privatsphäre-einstellungen|ihre privatsphäre-einstellungen
    wir benötigen ihre zustimmung|wir benötigen ihre einwilligung|für die darstellung von|um diesen inhalt anzuzeigen
    dieser inhalt kann nicht angezeigt|this content is hosted|this article contains content provided by
    to view this content|to see this content|this embed is not available|we need your consent|we need your permission
    this external content|external content
    pour afficher ce contenu|pour voir ce contenu|ce contenu est bloqué|ce contenu n'a pas pu
    para ver este contenido|este contenido no se puede mostrar|para ver este conteúdo|para visualizar este conteúdo
    per visualizzare questo contenuto|om deze inhoud te|deze inhoud kan|deze content|dette innholdet
    for å se dette innholdet|för att se det här innehållet|dette indhold|żeby zobaczyć tę treść|aby zobaczyć tę treść
    чтобы посмотреть этот контент|bu içeriği görüntülemek
""")

# Labels before a name in a byline, and the words after which no name follows.
BYLINE_STARTS = _phrases("""
    by_|written by_|words by_|reported by_|story by_|von_|par_|de_|por_|di_|texto de_|a cura di_|av_|af_|door_
    autor:|autor_|author:|auteur:|autore:|автор:|текст:
    text:|文=|文/|文／|取材・文|執筆:|著者:|記者:|作者:|撰文:|編集:|文:|By:|yazan:|بقلم|كتب|tekst:|skrevet av
    szerző:|kirjoittaja:
""")
CONTINUE_READING = _phrases("""
    continue reading|read the full|keep reading|続きを読む|記事の続き|この記事の続き|残り|全文を読む|阅读全文
    閱讀全文|查看全文|전문 보기|기사 더보기|weiterlesen|den ganzen artikel|lire la suite
    il vous reste|seguir leyendo|sigue leyendo|continue lendo|continuar lendo|continua a leggere|читать далее
    читать полностью|lees verder|czytaj dalej|läs vidare|les hele|læs videre|devamını oku|اقرأ المزيد
""")
PAYWALL = _phrases("""
    subscribe to read|subscribe to continue|to continue reading|subscribers only|for subscribers
    already a subscriber|unlock this article|this article is for|premium content|exclusive to subscribers
    start your free trial|this content is for
    有料会員|会員限定|有料記事|会員登録すると|購読すると|残り|ログインして続き|付费|订阅后|會員專屬|訂閱後|付費
    유료회원|구독자 전용|유료 기사
    nur für abonnenten|für abonnenten|jetzt abonnieren|mit einem abo|weiterlesen mit|exklusiv für abonnenten
    réservé aux abonnés|article réservé|abonnez-vous pour|pour lire la suite|déjà abonné|il vous reste
    solo para suscriptores|exclusivo para suscriptores|suscríbete para|contenido exclusivo|exclusivo para assinantes
    conteúdo exclusivo|assine para|riservato agli abbonati|abbonati per|contenuto riservato|только для подписчиков
    для подписчиков|оформите подписку
    alleen voor abonnees|voor abonnees|tylko dla subskrybentów|dla prenumeratorów|för prenumeranter|bli prenumerant
    for abonnenter|kun for abonnenter|tilaajille|vain tilaajille|abonelere özel|pro předplatitele
    to keep reading|log in to read|sign in to read|register to read
""")
CONSENT = _phrases("""
    cookie|consent|gdpr|before you continue|we value your privacy|privacy choices|privacy settings|your privacy
    クッキー|同意|プライバシー|隐私|隱私|쿠키|동의|einwilligung|zustimmung|datenschutz|zustimmen
    werbung und tracking
    consentement|vos choix|respect de votre vie privée|accepter|privacidad|consentimiento|aceptar|privacidade
    aceitar|consenso|accetta|privacy|согласие|конфиденциальност|toestemming|zgoda|prywatność|samtycke|samtykke
    evästeet|çerez
    consentimento|personenbezogen|données personnelles|datos personales
""")
CONSENT_ACTS = _phrases("""
    accept all|i accept|i agree|agree and continue|reject all|manage options|manage preferences|accept cookies
    同意する|すべて許可|全部接受|接受|모두 동의|alle akzeptieren|akzeptieren|zustimmen|einverstanden|tout accepter
    accepter et|aceptar todo|aceptar y
    aceitar todos|aceito|accetta tutti|accetta e|принять|accepteren|akkoord|akceptuj|zgadzam|godkänn|godta
    accepter alle|hyväksy|kabul et
""")
BOT_WALL = _phrases("""
    just a moment|checking your browser|verify you are human|verifying you are human|are you a robot|i'm not a robot
    enable javascript and cookies to continue|access denied|attention required|security check
    pardon our interruption
    unusual traffic|bot detection|ddos protection|captcha|you have been blocked|request unsuccessful|press & hold
    please turn javascript on|please enable js|robot check|アクセスが拒否|ロボットではない|人間であること|访问被拒绝
    安全验证|人机验证|访问验证
    로봇이 아닙니다|접근이 거부|sicherheitsüberprüfung|zugriff verweigert|ich bin kein roboter|accès refusé
    vérification de sécurité|acceso denegado|verificación de seguridad|acesso negado|accesso negato|доступ запрещен
    доступ ограничен|проверка браузера
    you are a human|you're not a robot|you are not a robot|access to this page has been denied
    pas un robot|no eres un robot|no soy un robot|não é um robô|não sou um robô|non essere un robot|non sono un robot
    kein roboter|не робот|真人|人類であること|로봇이 아님|unusual activity from your
""")
NOT_FOUND = _phrases("""
    404|page not found|not found|no longer available|page doesn't exist|page does not exist|article not found
    ページが見つかりません|見つかりません|存在しません|お探しのページ|公開が終了|页面不存在|找不到|页面未找到
    頁面不存在|페이지를 찾을 수 없습니다|찾을 수 없|존재하지 않는
    seite nicht gefunden|nicht gefunden|seite existiert nicht|page introuvable|page non trouvée|n'existe pas
    página no encontrada|no encontrada|página não encontrada|não encontrada|pagina non trovata|non trovata
    страница не найдена|не найдена
    pagina niet gevonden|niet gevonden|nie znaleziono|nie istnieje|sidan finns inte|hittades inte|siden finnes ikke
    siden findes ikke|sivua ei löydy|stránka nenalezena|sayfa bulunamadı|الصفحة غير موجودة
""")
REMOVED = _phrases("""
    掲載期間が終了|掲載は終了|掲載を終了|削除されました
    已被删除|已删除|已被刪除|已刪除|삭제된|삭제되었
    nicht mehr verfügbar|plus disponible|ya no está disponible|não está mais disponível|não está disponível
    non è più disponibile|удалена|удалён|удален|недоступен|niet meer beschikbaar|nie jest już dostępn
""")
SERVER_ERROR = _phrases("""
    500 internal|500 error|500 server|502 bad gateway|503 service|503 error|504 gateway|504 error|error 50
    internal server error|service unavailable|service temporarily unavailable|bad gateway|gateway timeout
    403 forbidden|403 - forbidden|under maintenance|メンテナンス中|サーバーエラー
""")
NEXT_PAGE = _phrases("""
    next|continued|次へ|次のページ|次ページ|つづき|続き|下一页|下一頁|下页|后一页|다음|weiter|nächste
    suivant|page suivante
    la suite|siguiente|página siguiente|próxima|seguinte|avanti|successiva|pagina successiva|prossima|следующ|далее
    вперед|вперёд|volgende|następna|nästa|neste|næste|seuraava|další|sonraki|التالي
""")
LOGIN = _phrases("""
    log in|login|sign in|anmelden|anmeldung|einloggen|connexion|se connecter|identifiez-vous|iniciar sesión
    inicia sesión|entrar|fazer login|accedi|login|ログイン|登录|登入|로그인|войти|вход|авторизация|inloggen|zaloguj
    logga in|logg inn|log ind
""")
PASSWORD = _phrases("""
    password|passwort|mot de passe|contraseña|senha|パスワード
    密码|密碼|비밀번호|пароль|wachtwoord|hasło|lösenord|passord
    adgangskode
""")
