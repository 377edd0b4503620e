"""What a page says about its article: the place that wins, and the form in which it is kept."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from newsreader.extract import extract_article

URL = "https://www.lantern.example/news/10020"
TEXT = (
    "<p>The harbour master closed the port to everything with a propeller, and rowing boats kept watch while the"
    " whale and her calf drifted past the breakwater towards the open sea.</p>"
) * 2


def page(top: str, *, head: str = "", foot: str = "", language: str = "en") -> bytes:
    return f"<html lang={language}><head>{head}</head><body><main>{top}{TEXT}{foot}</main></body></html>".encode()


def linked(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}"><title>{title} | Lantern</title>'


def title_of(top: str, head: str) -> str:
    return extract_article(page(top, head=head), URL).title


def authors_of(top: str = "<h1>Whale holds ferry</h1>", **parts: str) -> tuple[str, ...]:
    return extract_article(page(top, **parts), URL).authors


def published(top: str, *, head: str = "", language: str = "en") -> str | None:
    at = extract_article(page(f"<h1>Whale holds ferry</h1>{top}", head=head, language=language), URL).published
    return at.isoformat() if at else None


def test_the_headline_on_the_page_beats_a_title_for_search_engines():
    assert title_of("<h1>Whale holds ferry in port</h1>", og("Whale ferry: all facts at a glance")) == (
        "Whale holds ferry in port"
    )


def test_what_newsrooms_and_another_place_agree_on_beats_a_heading_that_nobody_repeats():
    head = og("Ferry stays in port: whale calf rests") + linked(headline="Ferry stays in port: whale calf rests")
    assert title_of("<h1>Ferry stays where it is, says harbour master</h1>", head) == (
        "Ferry stays in port: whale calf rests"
    )


def test_a_heading_that_json_ld_repeats_stays():
    head = og("Whale ferry: all facts at a glance") + linked(headline="Whale holds ferry in port")
    assert title_of("<h1>Whale holds ferry in port</h1>", head) == "Whale holds ferry in port"


def test_the_end_of_a_breadcrumb_is_no_headline():
    trail = '<ol class="breadcrumb"><li><h1>Ferry and whale: what we know</h1></li></ol>'
    head = og("Why the ferry waits for a whale") + linked(headline="Ferry and whale: what we know")
    assert title_of(f"{trail}<h2>Why the ferry waits for a whale</h2>", head) == "Why the ferry waits for a whale"


def test_a_heading_that_only_names_the_blog_is_no_headline():
    assert title_of(
        "<h1>Lantern Notes</h1>", "<title>Lantern Notes: a whale, a ferry and a very long wait</title>"
    ) == ("Lantern Notes: a whale, a ferry and a very long wait")


def test_kickers_that_differ_leave_the_title():
    top = "<h1><span>Harbour closed</span> <span>Whale and calf hold the ferry</span></h1>"
    assert title_of(top, og("Waiting in port: Whale and calf hold the ferry")) == "Whale and calf hold the ferry"


def test_a_page_without_heading_has_the_headline_of_its_newsroom():
    head = '<meta name="headline" content="Whale holds ferry">' + og("Whale holds ferry-Harbour")
    assert title_of("", head) == "Whale holds ferry"


@pytest.mark.parametrize("title", ["a | " * 5000, "鯨" * 5000, " - ".join("ab" * 3000)])
def test_a_title_of_any_length_is_read(title):
    assert len(title_of("", f"<title>{title}</title>")) <= 300


def test_persons_of_json_ld_in_every_form():
    people = [{"givenName": "Ada", "familyName": "Quill"}, {"@id": "#bo"}, "Chi Wei &amp; Dan Reed"]
    graph = {
        "@graph": [{"@type": "NewsArticle", "author": people}, {"@type": "Person", "@id": "#bo", "name": "Bo Berg"}]
    }
    script = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    assert authors_of(head=script) == ("Ada Quill", "Bo Berg", "Chi Wei", "Dan Reed")


def test_the_longest_list_of_authors_for_the_same_headline_is_taken():
    plugin = linked(headline="Whale", author={"name": "Ada Quill"}, wordCount=9, image="/a.jpg", inLanguage="en")
    own = linked(headline="Whale", author=[{"name": "Ada Quill"}, {"name": "Bo Berg"}])
    assert authors_of(head=plugin + own) == ("Ada Quill", "Bo Berg")


def test_who_checked_a_claim_is_not_the_author():
    claim = '<script type="application/ld+json">{"@type": "ClaimReview", "author": {"name": "Fact Desk"}}</script>'
    assert authors_of("<h1>Whale holds ferry</h1><p>By Ada Quill</p>", head=claim) == ("Ada Quill",)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ada Quill", ("Ada Quill",)),
        ("hjk", ("Lantern",)),
        ("By Ada Quill, Dietitian", ("Ada Quill",)),
        ('Lantern</p><p class="byline">Ada Quill', ("Ada Quill",)),
        ("Lantern Newsroom", ("Lantern",)),
    ],
)
def test_a_person_in_the_byline_beats_the_site_but_a_sign_does_not(byline, names):
    head = linked(author={"@type": "Organization", "name": "Lantern"}, publisher={"name": "Lantern"})
    assert authors_of(f'<h1>Whale holds ferry</h1><p class="byline">{byline}</p>', head=head) == names


@pytest.mark.parametrize(
    ("declared", "names"),
    [
        ("adaq", ("Ada Quill",)),
        ("Webmaster", ("Ada Quill",)),
        ("Bo Berg", ("Bo Berg",)),
        ("AFP", ("AFP",)),
        ("海风", ("海风",)),
    ],
)
def test_a_person_in_the_byline_beats_a_handle_but_no_name_and_no_agency(declared, names):
    top = '<h1>Whale holds ferry</h1><p class="byline">By Ada Quill</p>'
    assert authors_of(top, head=f'<meta name="author" content="{declared}">', foot=f"<p>{declared}</p>") == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Bo Berg", ("Bo Berg",)),
        ("By Bo Berg, edited by ADA QUILL", ("Ada Quill",)),
        ("By Whale", ("Ada Quill",)),
    ],
)
def test_a_byline_beats_a_declared_person_whom_the_page_does_not_show(byline, names):
    assert authors_of(f"<h1>Whale holds ferry</h1><p>{byline}</p>", head=linked(author={"name": "Ada Quill"})) == names


def test_a_handle_stays_where_the_page_shows_no_person():
    assert authors_of(
        '<h1>Whale</h1><p class="byline">By the desk</p>', head='<meta name="author" content="adaq">'
    ) == ("adaq",)


@pytest.mark.parametrize(
    ("top", "foot"),
    [
        ("<h1>Whale holds ferry</h1><p><strong>Ada Quill/Bo Berg</strong></p>", ""),
        ("<h1>Whale holds ferry</h1>", "<p><em>Ada Quill, Bo Berg</em></p>"),
    ],
)
def test_a_signature_beside_the_text_names_the_authors(top, foot):
    assert authors_of(top, foot=foot, head='<meta name="author" content="Lantern">') == ("Ada Quill", "Bo Berg")


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Posted by Ada Quill on 3 May 2026", ("Ada Quill",)),
        ("byAda Quill May 3, 2026", ("Ada Quill",)),
        ("Written and edited by Ada Quill", ("Ada Quill",)),
        ("Von Grete Hollmann und Bo Berg", ("Grete Hollmann", "Bo Berg")),
        ("Par Léa Martin, correspondante", ("Léa Martin",)),
        ("Por Ana Lima", ("Ana Lima",)),
        ("A cura di Carla Neri", ("Carla Neri",)),
        ("Автор: Анна Белова", ("Анна Белова",)),
        ("作者：林曉晴", ("林曉晴",)),
        ("記者　森山葵", ("森山葵",)),
        ("한지우 기자", ("한지우",)),
        ("Autorin/Autor Grete Hollmann", ("Grete Hollmann",)),
        ("By</p><p>Ada Quill", ("Ada Quill",)),
        ("VON GRETE HOLLMANN", ("GRETE HOLLMANN",)),
        ("Von Grete Hollmann, Berlin", ("Grete Hollmann",)),
        ("Von unserer Korrespondentin Grete Hollmann", ("Grete Hollmann",)),
        ("Ein Gastbeitrag von Grete Hollmann", ("Grete Hollmann",)),
        ("Par Léa Martin (avec AFP)", ("Léa Martin",)),
        ("Publié le 3 mai 2026 par Léa Martin", ("Léa Martin",)),
        ("Rédigé par Léa Martin", ("Léa Martin",)),
        ("Escrito por Ana Lima", ("Ana Lima",)),
        ("Texto: Ana Lima Fotos: Bo Ruiz", ("Ana Lima",)),
        ("Publicado por Ana Lima el 3 de mayo", ("Ana Lima",)),
        ("A cura di: Carla Neri", ("Carla Neri",)),
        ("Scritto da Carla Neri", ("Carla Neri",)),
        ("Автор Анна Белова", ("Анна Белова",)),
        ("Подготовила Анна Белова", ("Анна Белова",)),
        ("Skriven av Alva Brännlund", ("Alva Brännlund",)),
        ("Skrevet af Ola Nord", ("Ola Nord",)),
        ("Geschreven door Jan de Vries", ("Jan de Vries",)),
        ("Teksti: Aino Virta", ("Aino Virta",)),
        ("Autorka: Ewa Kowal", ("Ewa Kowal",)),
        ("Opracowała Ewa Kowal", ("Ewa Kowal",)),
        ("Haber: Ayşe Kaya", ("Ayşe Kaya",)),
        ("Penulis: Budi Santoso", ("Budi Santoso",)),
        ("Tác giả: Nguyễn Lan Anh", ("Nguyễn Lan Anh",)),
        ("מאת: דנה כהן", ("דנה כהן",)),
        ("लेखक: आशा वर्मा", ("आशा वर्मा",)),
        ("（記者林曉晴／台北報導）", ("林曉晴",)),
        ("文：林曉晴 圖：王大明", ("林曉晴",)),
        ("来源：海风网 记者：林晓 王青", ("林晓", "王青")),
        ("新华社记者林晓", ("林晓",)),
        ("ライター：森山葵", ("森山葵",)),
        ("著者 森山葵", ("森山葵",)),
        ("한지우·김하나 기자", ("한지우", "김하나")),
        ("글·사진 한지우", ("한지우",)),
        ("Eine Frage von Leben und Tod", ()),
        ("记者会见了船长/视频", ()),
        ("Von der Insel nach Hause", ()),
        ("By land and sea", ()),
    ],
)
def test_bylines_in_many_languages(byline, names):
    assert authors_of(f"<h1>Whale holds ferry</h1><p>{byline}</p>") == names


def test_a_credit_after_the_text_names_the_author():
    teasers = "<p>By Dan Reed</p><p>Another story</p>" * 20
    assert authors_of(foot=f"{'<p>Waves.</p>' * 60}{teasers}<p>(责编：林晓、王青)</p>") == ("林晓", "王青")


@pytest.mark.parametrize(
    ("declared", "names"),
    [
        ("Ada Quill, Ph.D.", ("Ada Quill, Ph.D.",)),
        ("Ada Quill, Bo Berg, and Chi Wei", ("Ada Quill", "Bo Berg", "Chi Wei")),
        ("Ada Quill, Senior Editor", ("Ada Quill",)),
        ("Ada Quill, Senior Editor, Boats and Harbours", ("Ada Quill",)),
        ("Ada Quill, Editor, Bo Berg, Reporter, dpa", ("Ada Quill", "Bo Berg", "dpa")),
        ("Ada Quill, DVM. Reviewed by Bo Berg", ("Ada Quill",)),
        ("Ada Quill, CEPF®", ("Ada Quill, CEPF®",)),
        ("Submitted", ()),
        ("Author", ()),
        ("And guess what?", ()),
        ("www.posts.example/adaquill", ()),
        ("Lantern et AFP", ("Lantern et AFP",)),
        ("Ada Quill/Bo Berg", ("Ada Quill", "Bo Berg")),
        ("dpa/mv", ("dpa/mv",)),
        ("De Luca", ("De Luca",)),
        ("Lantern Online (www.lantern.example)", ("Lantern Online",)),
    ],
)
def test_declared_authors_are_names(declared, names):
    head = f'<meta property="og:site_name" content="Lantern"><meta name="author" content="{declared}">'
    assert authors_of(head=head) == names


def test_every_value_of_a_meta_name_is_an_author():
    head = '<meta name="citation_author" content="Ada Quill"><meta name="citation_author" content="Bo Berg">'
    assert authors_of(head=head) == ("Ada Quill", "Bo Berg")


@pytest.mark.parametrize(
    ("text", "language", "at"),
    [
        ("令和7年8月1日 10時30分", "ja", "2025-08-01T10:30:00+09:00"),
        ("2025年8月1日 10時30分", "ja", "2025-08-01T10:30:00+09:00"),
        ("发布时间：2025年8月1日 10:30", "zh-CN", "2025-08-01T10:30:00+08:00"),
        ("입력 2025.08.01 10:30", "ko", "2025-08-01T10:30:00+09:00"),
        ("1. August 2025, 10:30 Uhr", "de", "2025-08-01T10:30:00+02:00"),
        ("Publié le 1er août 2025 à 10h30", "fr", "2025-08-01T10:30:00+02:00"),
        ("1 de agosto de 2025", "es", "2025-08-01T00:00:00+00:00"),
        ("1 de agosto de 2025", "pt", "2025-08-01T00:00:00+00:00"),
        ("1 agosto 2025", "it", "2025-08-01T00:00:00+00:00"),
        ("1 августа 2025, 10:30", "ru", "2025-08-01T10:30:00+03:00"),
        ("August 1, 2025 10:30 AM EDT", "en", "2025-08-01T10:30:00-04:00"),
    ],
)
def test_visible_dates_in_many_languages(text, language, at):
    assert published(f"<p>{text}</p>", language=language) == at


@pytest.mark.parametrize(("text", "hours"), [("il y a 2 heures", 2), ("2時間前", 2), ("vor 3 Stunden", 3)])
def test_a_time_told_from_now_is_the_last_resort(text, hours):
    at = extract_article(page(f"<h1>Whale holds ferry</h1><p>{text}</p>"), URL).published
    assert at is not None
    assert abs(datetime.now(UTC) - timedelta(hours=hours) - at) < timedelta(minutes=10)


@pytest.mark.parametrize("text", ["5 min", "3 Minuten Lesezeit", "Boat race on May 3"])
def test_the_time_of_reading_and_of_events_is_none_of_publication(text):
    assert published(f"<p>{text}</p>") is None


def test_the_date_of_a_picture_is_not_that_of_the_article():
    caption = "<img src=/a.jpg><p>The whale beside the breakwater, seen from the lighthouse, 24 April 2025</p>"
    foot = "<ul><li>Date 28 April 2025</li></ul>"
    article = extract_article(page(f"<h1>Whale holds ferry</h1>{caption}", foot=f"{TEXT * 5}{foot}"), URL)
    assert article.published is not None
    assert article.published.date().isoformat() == "2025-04-28"


def test_any_meta_of_a_publication_date_is_read():
    assert published("", head='<meta name="w-published-date" content="2025-08-01T10:30:00+09:00">') == (
        "2025-08-01T10:30:00+09:00"
    )
