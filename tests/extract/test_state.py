"""The state of pages that are no article, or not all of one: invented walls, errors, teasers, lists and shells."""

import json

import pytest

from newsreader.extract import extract_article
from newsreader.model.article import Article
from newsreader.model.news import State

URL = "https://news.example/news/2026/03/04/ferry-returns-after-nine-years"
TEXT = (
    "The ferry between Holm and the mainland sails again after nine years, four times a day and twice on Sundays. "
    "The old captain came out of retirement for the first crossing, and the new one let him hold the wheel until "
    "the breakwater. Bicycles travel free until the summer, which the baker's boy says is the whole point of it. "
)
MENU = "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a> <a href='/culture'>Culture</a></nav>"


def page(title: str, body: str, head: str = "", lang: str = "en") -> str:
    return f'<html lang="{lang}"><head><title>{title}</title>{head}</head><body>{body}</body></html>'


def read(title: str, body: str, head: str = "", lang: str = "en") -> Article:
    return extract_article(page(title, body, head, lang).encode(), URL)


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


CONSENT = {
    "en": (
        "Before you continue",
        (
            "We and our 412 partners store and access cookies on your device to show you personalised ads and content. "
            "You can change your consent at any time in the privacy settings."
        ),
        "Accept all",
        "Manage options",
    ),
    "ja": (
        "プライバシーの設定",
        (
            "当社とパートナーは、お客様の端末にクッキーを保存し、広告と内容を表示するために利用します。"
            "同意はいつでもプライバシー設定から取り消すことができます。"
        ),
        "すべて同意する",
        "設定を管理する",
    ),
    "zh": (
        "隐私选择",
        "我们和合作伙伴会在您的设备上存储Cookie，以便展示个性化的广告和内容。您可以随时在隐私设置中撤回同意。",
        "全部接受",
        "管理选项",
    ),
    "ko": (
        "쿠키 동의",
        "당사는 맞춤 광고를 위해 기기에 쿠키를 저장합니다. 설정에서 동의를 철회할 수 있습니다.",
        "모두 동의",
        "옵션 관리",
    ),
    "de": (
        "Ihre Einwilligung",
        (
            "Wir und unsere Partner speichern Cookies auf Ihrem Gerät, um Ihnen Werbung und Inhalte zu zeigen. Ihre "
            "Zustimmung können Sie jederzeit in den Datenschutzeinstellungen widerrufen."
        ),
        "Alle akzeptieren",
        "Mit Werbung und Tracking lesen",
    ),
    "fr": (
        "Le respect de votre vie privée",
        (
            "Nous et nos partenaires déposons des cookies sur votre appareil pour afficher des publicités. "
            "Vous pouvez retirer votre consentement à tout moment."
        ),
        "Tout accepter",
        "Paramétrer mes choix",
    ),
    "es": (
        "Tu privacidad nos importa",
        (
            "Nosotros y nuestros socios guardamos cookies en tu dispositivo para mostrar publicidad. Puedes "
            "retirar tu consentimiento en cualquier momento."
        ),
        "Aceptar y continuar",
        "Configurar",
    ),
    "it": (
        "La tua privacy",
        (
            "Noi e i nostri partner memorizziamo cookie sul tuo dispositivo per mostrarti annunci e contenuti. Puoi "
            "revocare il tuo consenso in qualsiasi momento."
        ),
        "Accetta e continua",
        "Scopri di più",
    ),
    "pt": (
        "A sua privacidade",
        (
            "Nós e os nossos parceiros guardamos cookies no seu dispositivo para mostrar anúncios e conteúdo. Pode "
            "retirar o seu consentimento a qualquer momento."
        ),
        "Aceitar todos",
        "Gerir opções",
    ),
    "ru": (
        "Конфиденциальность",
        (
            "Мы и наши партнёры сохраняем файлы cookie на вашем устройстве, чтобы показывать рекламу. Можно отозвать "
            "согласие в любое время в настройках конфиденциальности."
        ),
        "Принять все",
        "Настройки",
    ),
}


@pytest.mark.parametrize("lang", CONSENT)
def test_a_consent_page_is_never_the_article(lang):
    title, text, accept, other = CONSENT[lang]
    article = read(
        title, f"<main><h1>{title}</h1><p>{text}</p><button>{accept}</button><a href='#'>{other}</a></main>", lang=lang
    )
    buttons_are_links = read(
        title, f"<h1>{title}</h1><p>{text}</p><p>{text}</p><p><a href='/ok'>{accept}</a></p><p>{other}</p>", lang=lang
    )

    for found in (article, buttons_are_links):
        assert (found.state, found.text, found.title) == (State.CONSENT, "", "")
        assert found.reason


WALLS = {
    "cloud": (
        "Just a moment...",
        "<h1>news.example</h1><p>Checking if the site connection is secure</p><p>Ray ID: 1</p>",
    ),
    "verify": (
        "news.example",
        (
            "<h1>Verify you are human by completing the action below.</h1><p>news.example needs to "
            "review the security of your connection before proceeding.</p>"
        ),
    ),
    "script only": ("news.example", "<p>Please enable JS and disable any ad blocker</p>"),
    "captcha": (
        "news.example",
        (
            '<iframe src="https://geo.captcha-wall.example/captcha/?x=1"></iframe><p id="cmsg">Please '
            "enable JS and disable any ad blocker</p>"
        ),
    ),
    "press": (
        "Access to this page has been denied",
        "<p>Press &amp; Hold to confirm you are a human (and not a bot).</p>",
    ),
    "unusual": (
        "Are you a robot?",
        (
            "<p>We've detected unusual activity from your computer network. To continue, please "
            "click the box below to let us know you're not a robot.</p>"
        ),
    ),
    "denied": (
        "Access Denied",
        (
            "<h1>Access Denied</h1><p>You don't have permission to access this page on this server."
            "</p><p>Reference #18.1</p>"
        ),
    ),
    "blocked": (
        "Attention Required!",
        "<h1>Sorry, you have been blocked</h1><p>You are unable to access news.example</p>",
    ),
    "ja": ("確認", "<p>ロボットではないことを確認してください。</p>"),
    "zh": ("安全验证", "<p>请完成安全验证后继续访问。</p>"),
    "zh-hant": ("驗證", "<p>請驗證您是真人，完成後即可繼續瀏覽。</p>"),
    "ko": ("확인", "<p>로봇이 아닙니다 확인 후 계속하세요.</p>"),
    "de": ("Sicherheitsüberprüfung", "<p>Bitte bestätigen Sie, dass Sie kein Roboter sind.</p>"),
    "fr": ("Vérification", "<p>Veuillez confirmer que vous n'êtes pas un robot pour continuer.</p>"),
    "es": ("Verificación", "<p>Confirma que no eres un robot para continuar.</p>"),
    "pt": ("Verificação", "<p>Confirme que você não é um robô para continuar.</p>"),
    "it": ("Verifica", "<p>Conferma di non essere un robot per continuare.</p>"),
    "ru": ("Проверка", "<p>Подтвердите, что вы не робот, чтобы продолжить.</p>"),
}


@pytest.mark.parametrize("wall", WALLS)
def test_a_wall_against_programs_is_never_the_article(wall):
    article = read(*WALLS[wall], lang=wall if len(wall) == 2 else "en")

    assert (article.state, article.text) == (State.BLOCKED, "")
    assert article.reason


GONE = {
    "en": ("Page not found", "Sorry, we could not find the page that you were looking for. It may have been moved."),
    "en-removed": ("Harbour Courier", "This article is no longer available."),
    "ja": ("お探しのページは見つかりません", "ページが移動または削除された可能性があります。"),
    "ja-expired": ("浜風新報", "この記事は掲載期間が終了しました。"),
    "zh": ("页面不存在", "您访问的页面可能已被删除或移动。"),
    "zh-deleted": ("早报", "抱歉，您访问的文章已被删除。"),
    "ko": ("페이지를 찾을 수 없습니다", "요청하신 페이지가 삭제되었거나 주소가 변경되었습니다."),
    "ko-deleted": ("한바다신문", "삭제된 기사입니다."),
    "de": ("Seite nicht gefunden", "Die gewünschte Seite wurde verschoben oder gelöscht."),
    "de-expired": ("Hafenbote", "Dieser Artikel ist nicht mehr verfügbar."),
    "fr": ("Page introuvable", "La page que vous recherchez n'existe pas ou a été déplacée."),
    "fr-expired": ("Le Courrier du Port", "Cet article n'est plus disponible."),
    "es": ("Página no encontrada", "La página que buscas no existe o ha cambiado de dirección."),
    "es-expired": ("El Correo del Puerto", "Este contenido ya no está disponible."),
    "pt": ("Página não encontrada", "A página que procura não existe ou mudou de endereço."),
    "it": ("Pagina non trovata", "La pagina che cerchi non esiste o è stata spostata."),
    "ru": ("Страница не найдена", "Возможно, она была удалена или перенесена."),
    "ru-deleted": ("Вестник гавани", "Материал удалён или недоступен."),
    "404": ("404 - Harbour Courier", "Oops! That page has sailed without you."),
}


@pytest.mark.parametrize("lang", GONE)
def test_an_error_text_with_status_200_is_gone(lang):
    title, text = GONE[lang]
    article = read(title, f"{MENU}<main><h1>{title}</h1><p>{text}</p><a href='/'>Home</a></main>", lang=lang[:2])

    assert (article.state, article.text) == (State.GONE, "")
    assert article.reason


@pytest.mark.parametrize("title", ["500 Internal Server Error", "503 Service Unavailable", "502 Bad Gateway"])
def test_an_error_of_the_server_has_failed(title):
    article = read(title, f"<h1>{title}</h1><p>The server is temporarily unable to service your request.</p>")

    assert (article.state, article.text) == (State.FAILED, "")


PAYWALLS = {
    "en": "Subscribe to continue reading this article. Already a subscriber? Log in.",
    "en-account": "Log in or create a free account to keep reading.",
    "ja": "この記事は有料会員限定です。残り1,204文字",
    "ja-login": "ログインして続きを読む",
    "zh": "本文为付费内容，订阅后阅读全文。",
    "ko": "이 기사는 유료회원 전용입니다. 로그인 후 이용해 주세요.",
    "de": "Weiterlesen mit einem Abo. Dieser Artikel ist nur für Abonnenten.",
    "fr": "Cet article est réservé aux abonnés. Il vous reste 75% de cet article à lire.",
    "es": "Contenido exclusivo para suscriptores. Suscríbete para seguir leyendo.",
    "pt": "Conteúdo exclusivo para assinantes. Assine para continuar lendo.",
    "it": "Contenuto riservato agli abbonati. Abbonati per continuare a leggere.",
    "ru": "Материал доступен только для подписчиков. Оформите подписку.",
}


@pytest.mark.parametrize("lang", PAYWALLS)
def test_a_teaser_before_a_paywall_says_so(lang):
    wall = f'<div class="offer"><h3>{PAYWALLS[lang]}</h3><button>OK</button></div>'
    article = read("Ferry returns", f"<article><h1>Ferry returns</h1><p>{TEXT}</p>{wall}</article>", lang=lang[:2])

    assert article.state is State.PAYWALLED
    assert TEXT.strip() in article.text
    assert PAYWALLS[lang] not in article.text


def test_a_declared_paywall_before_the_end_of_the_text_says_so():
    article = read("Ferry returns", f"<article><p>{TEXT}</p></article>", ld(isAccessibleForFree=False))

    assert article.state is State.PAYWALLED


def test_a_metered_page_that_gives_everything_is_full():
    body = "".join(f"<p>{TEXT} It was crossing number {number}.</p>" for number in range(12))
    offer = "<aside class='offer'><p>Subscribe to read without limits. Already a subscriber? Log in.</p></aside>"
    words = 12 * len(f"{TEXT} It was crossing number 1.".split())
    head = ld(isAccessibleForFree=False, wordCount=words)

    assert read("Ferry returns", f"<article>{body}</article>{offer}", head).state is State.FULL


def test_a_short_story_that_is_whole_is_full():
    footer = "<footer><p>Subscribe to read more of us. Sign in. Cookie settings. Privacy.</p></footer>"

    assert read("Ferry returns", f"<article><h1>Ferry returns</h1><p>{TEXT}</p></article>{footer}").state is State.FULL


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Log in - Harbour Courier",
            "Sign in to your account to continue. Email address. Password. Forgot your password?",
        ),
        ("Anmelden", "Bitte melden Sie sich an, um fortzufahren. E-Mail-Adresse. Passwort vergessen?"),
        ("ログイン", "続けるにはログインしてください。メールアドレス パスワードをお忘れの方"),
    ],
)
def test_a_page_to_log_in_is_never_the_article(title, text):
    form = "<form><input type='email'><input type='password'><button>OK</button></form>"
    article = read(title, f"<main><h1>{title}</h1><p>{text}</p>{form}</main>")

    assert (article.state, article.text) == (State.BLOCKED, "")
    assert article.reason


@pytest.mark.parametrize(
    "body",
    [
        "<div id='root'></div><script src='/app.js'></script>",
        "<div id='app'></div><noscript>You need to enable JavaScript to run this app.</noscript>",
        "<noscript><p>Bitte aktivieren Sie JavaScript, um diese Seite zu nutzen.</p></noscript><div id='root'></div>",
        "<p>JavaScriptを有効にしてください。</p><div id='root'></div>",
        "<p>Please enable JavaScript in your browser to read this page.</p>",
        "<p>Loading…</p>",
    ],
)
def test_a_shell_without_text_has_failed(body):
    article = read("Ferry returns after nine years", body)

    assert (article.state, article.text) == (State.FAILED, "")
    assert article.reason


def test_a_front_page_has_failed():
    cards = "".join(
        f"<div class='card'><h2><a href='/news/2026/03/0{n}/a-headline-about-harbour-number-{n}'>A long headline about "
        f"harbour number {n} and its people</a></h2><p>What happened there on day {n}, told in a teaser.</p></div>"
        for n in range(1, 10)
    )
    body = f"{MENU}<main>{cards}{cards.replace('harbour', 'station')}</main>"
    article = extract_article(page("Harbour Courier", body).encode(), "https://news.example/")

    assert article.state is State.FAILED
    assert "list" in article.reason


def test_a_video_page_is_its_two_sentences():
    body = f"<main><h1>Ferry returns</h1><video src='/v.mp4'></video><p>{TEXT}</p></main>"

    assert read("Ferry returns", body, ld(headline="Ferry returns")).state is State.FULL


def test_a_gallery_is_its_pictures():
    figures = "".join(
        f"<figure><img src='/pictures/ferry-{n}.jpg' width='900' height='600'><figcaption>Ferry number {n} at "
        f"the pier of "
        f"Holm</figcaption></figure>"
        for n in range(6)
    )
    article = read("The ferry in pictures", f"<article><h1>The ferry in pictures</h1><p>{TEXT}</p>{figures}</article>")

    assert article.state is State.FULL


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Captcha puzzles grow harder, users say",
            "The captcha that asks whether you are a robot has become a test of patience. ",
        ),
        (
            "404 people found shelter in the old school",
            "The village counted 404 guests, and nobody was turned away at the door. ",
        ),
        (
            "Access denied: why the beach is closed",
            "The beach was closed on Monday, and access denied is all that the sign says. ",
        ),
        (
            "Missing cat not found after a week",
            "The cat of the harbour office is still missing and was not found on any boat. ",
        ),
        (
            "Paywalls and cookies: what readers accept",
            "Readers accept cookies, a survey on consent and privacy found on Monday. ",
        ),
        ("500 swimmers cross the bay", "Five hundred swimmers crossed the bay on Sunday, and all of them came back. "),
    ],
)
def test_an_article_about_such_things_is_an_article(title, text):
    body = f"<article><h1>{title}</h1><p>{text}{TEXT}</p><p>{text}</p></article>"
    article = read(title, body, ld(headline=title))

    assert (article.state, article.title) == (State.FULL, title)
