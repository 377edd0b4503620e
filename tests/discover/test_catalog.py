"""The catalogue is sound, and a name finds what is meant."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import newsreader.discover.catalog as module
from newsreader.discover.catalog import all_entries, find, nearest, search
from newsreader.model.news import SourceKind
from newsreader.text import clean, fold
from newsreader.urls import canonical, is_address

TEXT = Path(module.__file__).with_name("catalog.toml").read_text("utf-8")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")  # BCP 47: language, script, region
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NEEDED = {"title", "site", "country"}
KEYS = NEEDED | {"feed", "sitemap", "tags"}


def records():
    return [
        pytest.param(name, record, id=name) for table in tomllib.loads(TEXT).values() for name, record in table.items()
    ]


def names(entries):
    return {entry.name for entry in entries}


@pytest.mark.parametrize(("name", "record"), records())
def test_a_record_is_whole_and_holds_nothing_else(name, record):
    addresses = [record[key] for key in ("site", "feed", "sitemap") if key in record]
    tags = record.get("tags", [])

    assert NAME.fullmatch(name)
    assert set(record) >= NEEDED
    assert set(record) <= KEYS
    assert not {"feed", "sitemap"} <= set(record)
    assert record["title"] == clean(record["title"]) != ""
    assert [url for url in addresses if not is_address(url) or not url.isascii()] == []
    assert re.fullmatch("[A-Z]{2}", record["country"])
    assert [tag for tag in tags if not re.fullmatch("[a-z]+", tag)] == []
    assert len(tags) == len(set(tags))


def test_records_are_sorted_by_language_and_name():
    headers = re.findall(r"^\[(.*)\]$", TEXT, re.MULTILINE)
    pairs = [tuple(header.split(".")) for header in headers]

    assert pairs == sorted(pairs)
    assert [language for language, _ in pairs if not LANGUAGE.fullmatch(language)] == []
    assert len(pairs) == len(all_entries())


@pytest.mark.parametrize("of", [lambda entry: entry.name, lambda entry: canonical(entry.url)], ids=["name", "address"])
def test_no_name_and_no_address_is_there_twice(of):
    assert [value for value, count in Counter(map(of, all_entries())).items() if count > 1] == []


def test_no_name_hides_behind_the_title_of_another():
    titles = {fold(entry.title): entry.name for entry in all_entries()}

    assert {name: titles[name] for name in names(all_entries()) & set(titles) if titles[name] != name} == {}


def test_it_is_large_and_japan_and_taiwan_are_covered():
    entries = all_entries()

    assert len(entries) >= 160
    assert len({entry.language for entry in entries}) >= 25
    assert sum(entry.language == "ja" for entry in entries) >= 30
    assert sum(entry.country == "TW" for entry in entries) >= 15
    assert sum(entry.kind is SourceKind.FEED for entry in entries) >= 100


def test_a_record_with_a_sitemap_or_without_an_address_of_headlines_says_so():
    assert {entry.kind for entry in all_entries()} == set(SourceKind)
    assert all((entry.url == entry.site) is (entry.kind is SourceKind.FRONTPAGE) for entry in all_entries())


@pytest.mark.parametrize("typed", ["gigazine", "Gigazine", "ＧＩＧＡＺＩＮＥ", " gigazine ", "gigazine.net"])
def test_a_source_is_found_by_name_and_host(typed):
    entry = find(typed)

    assert entry
    assert (entry.name, entry.language, entry.country, entry.kind) == ("gigazine", "ja", "JP", SourceKind.FEED)


def test_a_source_is_found_by_its_title():
    assert find("朝日新聞") == find("asahi") is not None


@pytest.mark.parametrize("typed", ["", "nonsense", "bbc.com", "The Standard"])
def test_what_names_none_or_several_is_not_found(typed):
    assert find(typed) is None


def test_a_code_chooses_its_language_or_country_and_other_words_are_looked_for_everywhere():
    assert {entry.language for entry in search("JA")} == {"ja"}
    assert {entry.country for entry in search("tw")} == {"TW"}
    assert names(search("hokkaido-np")) == {"hokkaido"}
    assert names(search("新聞", "ja")) >= {"asahi", "hokkaido"}
    assert {"regional" in entry.tags for entry in search("regional")} == {True}
    assert search("nonsense") == []


def test_a_language_has_its_scripts():
    assert {entry.language for entry in search(language="zh")} == {"zh-Hans", "zh-Hant"}
    assert names(search("tw", "ja")) == {"focustaiwan-japan", "storm-japan"}
    assert len(search()) == len(all_entries())


@pytest.mark.parametrize(("typed", "name"), [("asahii", "asahi"), ("gaurdian", "guardian"), ("朝日新門", "asahi")])
def test_a_misspelt_name_is_near_to_the_right_one(typed, name):
    assert name in nearest(typed)
    assert len(nearest(typed)) <= 3


def test_nothing_is_near_to_nonsense():
    assert nearest("qqqqqqqqqq") == []
