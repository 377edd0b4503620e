"""Bytes to trees: the encoding is what the bytes are, whatever is declared; deep trees cost no stack."""

import pytest

from newsreader import dom
from newsreader.dom import attr, decode, parse, parse_text, text_of

JA = "北の港町で灯台に再び明かりがともった。海岸には約九千人が集まり、歓声を上げたという。"
ZH = "关闭五年的老茶馆周六重新开张，门口一大早就排起了长队，最年长的茶客今年已经九十一岁了。"
TW = "關閉五年的老茶館週六重新開張，門口一大早就排起了長隊，最年長的茶客今年已經九十一歲了。"
KO = "달빛시장이 삼십 년 만에 새 단장을 마치고 문을 열었다. 청년 상인 마흔 명이 새로 입주했다고 한다."
RU = "В деревне открылась школа часовщиков, первая в области за последние семьдесят лет. Занятия начались."
EL = "Το παλιό λιμάνι άνοιξε ξανά μετά από εννέα χρόνια και οι κάτοικοι βγήκαν στους δρόμους να γιορτάσουν."
HE = "המגדלור הישן בעיירת הנמל נדלק שוב אחרי מאה שנים, ואלפי אנשים באו לראות את האור הראשון."
AR = "عادت العبارة إلى الجزيرة بعد تسع سنوات من التوقف، وخرج السكان إلى الميناء القديم للاحتفال."
TH = "ประภาคารเก่าของเมืองท่ากลับมาส่องแสงอีกครั้งหลังจากผ่านไปหนึ่งร้อยปี ชาวเมืองต่างดีใจ"
FR = "Après trente années, l’ancien phare a été rallumé ; les élèves de l’école ont fêté ça près du quai."
PL = "Stara latarnia świeci znów po stu latach, a mieszkańcy wyszli na brzeg, żeby ją zobaczyć w całej okazałości."
TR = "Eski deniz feneri yüz yıl sonra yeniden ışık saçtı; kasabanın çocukları sahilde şarkı söyledi, büyükler ağladı."

TEXTS = {
    "utf-8": (JA, "utf-8"),
    "shift_jis": (JA, "shift_jis"),
    "euc_jp": (JA, "euc-jp"),
    "iso2022_jp": (JA, "iso-2022-jp"),
    "utf-16": (JA, "utf-16"),
    "gb18030": (ZH, "gb18030"),
    "gb2312": (ZH, "gb2312"),
    "big5": (TW, "big5"),
    "euc_kr": (KO, "euc-kr"),
    "cp1251": (RU, "windows-1251"),
    "koi8-r": (RU, "koi8-r"),
    "cp1253": (EL, "windows-1253"),
    "cp1255": (HE, "windows-1255"),
    "cp1256": (AR, "windows-1256"),
    "cp874": (TH, "windows-874"),
    "cp1252": (FR, "windows-1252"),
    "cp1250": (PL, "windows-1250"),
    "cp1254": (TR, "windows-1254"),
}


def page_of(text: str, charset: str | None = None) -> str:
    head = f'<head><meta charset="{charset}"></head>' if charset else ""
    return f"<html>{head}<body><p>{text}</p></body></html>"


@pytest.mark.parametrize("encoding", TEXTS)
@pytest.mark.parametrize("declared", ["header", "meta", "none", "wrong header", "wrong meta"])
def test_a_page_in_any_encoding_under_any_declaration_gives_the_same_text(encoding, declared):
    text, name = TEXTS[encoding]
    wrong = "iso-8859-1" if encoding in ("utf-8", "utf-16", "iso2022_jp") else "utf-8"
    header = {"header": f"text/html; charset={name}", "wrong header": f"text/html; charset={wrong}"}.get(declared)
    page = page_of(text, {"meta": name, "wrong meta": wrong}.get(declared))
    assert decode(page.encode(encoding), header) == page


def test_a_declaration_decides_where_the_bytes_cannot():
    text = "déjà vu à l\u2019école, 5 €".replace("\u2019", "'")
    assert decode(text.encode("iso8859-15"), "text/html; charset=iso-8859-15") == text


def test_the_byte_order_mark_beats_the_header():
    assert decode(b"\xef\xbb\xbf<p>\xc3\xa9", "text/html; charset=shift_jis") == "<p>é"


def test_the_header_beats_the_meta():
    assert decode(b'<meta charset="windows-1251"><p>caf\xe9 d\xe9j\xe0', "text/html; charset=windows-1252").endswith(
        "café déjà"
    )


def test_a_meta_after_1024_bytes_does_not_count_but_the_bytes_do():
    page = f"<!--{'x' * 1200}--><meta charset='windows-1251'><p>{RU}".encode("koi8-r")
    assert "школа часовщиков" in decode(page)


def test_utf8_that_is_declared_otherwise_is_utf8():
    assert decode("é ü 北".encode(), "text/html; charset=gb2312") == "é ü 北"


def test_utf8_with_a_cut_last_character_is_utf8():
    assert decode("<p>北の港町".encode()[:-1]) == "<p>北の港"


def test_a_few_broken_bytes_leave_the_rest_readable():
    assert "歓声を上げた" in decode(JA.encode().replace("灯".encode(), b"\xff", 1), "text/html; charset=utf-8")


def test_nul_is_dropped():
    assert decode(b"a\0b") == "ab"


def test_an_unknown_charset_is_as_good_as_none():
    assert decode("é".encode(), "text/html; charset=klingon") == "é"


def test_text_of_leaves_out_what_is_not_shown():
    tree = parse(b"<div> a <script>var b</script><style>c</style> <b>d</b>\n e</div>")
    node = tree.css_first("div")
    assert node is not None
    assert text_of(node) == "a d e"


def test_attr_is_empty_for_missing_and_bare_attributes_and_for_text():
    node = parse(b"<p hidden class='x'>t</p>").css_first("p")
    assert node is not None
    assert node.first_child is not None
    assert [attr(node, name) for name in ("class", "hidden", "id")] == ["x", "", ""]
    assert attr(node.first_child, "class") == ""


def test_a_character_may_stand_anywhere_in_a_long_page():
    text = "<p>" + "\u6c34\u8eca\u304c\u56de\u308b" * 5000
    for start in ("", "a", "ab"):
        tree = dom.parse((start + text).encode())
        assert tree.root is not None
        assert dom.text_of(tree.root) == start + text.removeprefix("<p>")


def test_bytes_that_break_late_in_a_long_page_are_another_encoding():
    body = b"<meta charset=windows-1252><p>" + b"mill " * 5000 + "caf\u00e9 au lait".encode("cp1252")
    tree = dom.parse(body)
    assert tree.root is not None
    assert dom.text_of(tree.root).endswith("caf\u00e9 au lait")


def test_lone_surrogates_do_not_break_the_parser():
    assert parse_text("<p>a\ud800b</p>").css_first("p") is not None


def test_escapes_in_utf_8_do_not_make_it_another_encoding():
    page = "<p>Grüße\x1b[31m, “quoted” text 橋</p>" * 3

    assert "Grüße" in decode(page.encode(), "text/html; charset=utf-8")
