"""Pages without an address: the declared one is taken; else links and pictures stay, without addresses."""

from newsreader.extract.saved import read_saved

PAGE = """<html lang="en"><head><title>Bridge opens</title>{head}</head><body><article><h1>Bridge opens</h1>
<p>The mayor of Port Oller opened the new bridge on Monday, after <a href="/plans">three years</a> of work.</p>
<figure><img src="/bridge.jpg" alt="The bridge"><figcaption>The bridge at noon</figcaption></figure>
<p>It cost four million, said the county, and trains will cross it from May, as the bridge's builders hoped.</p>
</article><aside><h3>Latest news</h3><ul><li><a href="/news/10021">A whale was seen in the bay again on Tuesday</a></li>
<li><a href="/news/10022">The town clock stays seven minutes fast for now</a></li></ul></aside></body></html>"""


def test_links_and_pictures_stay_without_addresses():
    article = read_saved(PAGE.format(head="").encode())

    assert article.url == ""
    assert [(image.url, image.caption) for image in article.images] == [("", "The bridge at noon")]
    assert {link.url for link in article.links} == {""}
    assert "A whale was seen in the bay again on Tuesday" in [link.title for link in article.links]
    assert "invalid" not in str(article.to_dict())


def test_the_declared_address_is_taken():
    head = '<link rel="canonical" href="https://example.org/news/10020">'

    article = read_saved(PAGE.format(head=head).encode())

    assert article.url == "https://example.org/news/10020"
    assert article.images[0].url == "https://example.org/bridge.jpg"
    assert "https://example.org/news/10021" in [link.url for link in article.links]


def test_a_page_without_an_address_is_no_front_page_for_its_lists():
    items = "".join(
        f'<li><a href="/news/{number}">The mill of valley {number} turns again</a></li>'
        for number in range(11111, 11131)
    )
    page = PAGE.format(head="").replace("</ul>", f"{items}</ul>")

    assert read_saved(page.encode()).state == "full"
