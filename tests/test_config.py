"""Paths and settings: defaults < file < environment."""

import pytest

from newsreader.config import Settings, find_paths, load_settings
from newsreader.credentials import SourceSettings, sent_headers
from newsreader.errors import ConfigError


@pytest.fixture
def write(tmp_path):
    """Write a configuration and return its path."""

    def written(text):
        path = tmp_path / "config.toml"
        path.write_text(text, "utf-8")
        return path

    return written


def test_no_file_means_the_defaults(tmp_path):
    assert load_settings(tmp_path / "none.toml", {}) == Settings()


def test_the_file_overrides_defaults_and_the_environment_overrides_the_file(write):
    path = write("[fetch]\ngap = 3\ntimeout = 4.5\n[show]\nwidth = 0\n")

    settings = load_settings(path, {"NEWSREADER_FETCH_GAP": "0.5", "NEWSREADER_SHOW_MARK_READ": "false"})

    assert (settings.fetch.gap, settings.fetch.timeout) == (0.5, 4.5)
    assert (settings.show.width, settings.show.mark_read) == (0, False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[fetch]\ntimeuot = 3\n", "fetch.timeout"),
        ("[fecth]\ngap = 3\n", "fetch"),
        ("[fetch\n", "TOML"),
        ("fetch = 3\n", "table"),
        ("[fetch]\ngap = true\n", "fetch.gap must be a number"),
        ("[fetch]\nconnections = 2.5\n", "fetch.connections must be a whole number"),
        ("[show]\nmark_read = 1\n", "show.mark_read must be true or false"),
        ("[fetch]\nuser_agent = 7\n", "fetch.user_agent must be text"),
        ("[fetch]\nconnections = 0\n", "fetch.connections must be greater than 0"),
        ("[fetch]\ngap = -1\n", "fetch.gap must be between 0"),
        ("[fetch]\ntimeout = nan\n", "fetch.timeout must be between 0"),
        ("[list]\nlimit = -2\n", "list.limit must be between 0"),
        ("views = 3\n", "[views]"),
        ("[views]\nboats = 3\n", "views.boats must be text"),
        ("source = 3\n", "[source]"),
        ("[source]\nLantern = 3\n", '[source."Lantern"]'),
        ("[source.Lantern]\nheader = {}\n", 'source."Lantern".headers'),
        ("[source.Lantern]\ncookies = 'a=b'\n", '[source."Lantern".cookies]'),
        ("[source.Lantern.headers]\nX-Token = 7\n", "X-Token must be one line"),
        ('[source.Lantern.headers]\nX-Token = "a\\r\\nHost: b"\n', "X-Token must be one line"),
        ('[source.Lantern.headers]\nX-Token = "é"\n', "X-Token must be one line"),
        ('[source.Lantern.headers]\n"X Token" = "a"\n', "name that cannot be sent"),
        ('[source.Lantern.headers]\n"" = "a"\n', "name that cannot be sent"),
        ('[source.Lantern.headers]\nHost = "b.example"\n', "program's own"),
        ('[source.Lantern.headers]\ncookie = "a=b"\n', "table of their own"),
        ('[source.Lantern.cookies]\na = "b; c=d"\n', "no semicolon"),
    ],
)
def test_what_cannot_be_meant_is_named(write, text, said):
    with pytest.raises(ConfigError) as caught:
        load_settings(write(text), {})

    assert said in f"{caught.value.message} {caught.value.hint}"


def test_a_variable_that_is_no_value_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"fetch\.gap"):
        load_settings(tmp_path / "none.toml", {"NEWSREADER_FETCH_GAP": "soon"})


def test_a_file_that_is_a_folder_is_an_error(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(tmp_path, {})


def test_folders_are_those_of_the_environment_or_of_the_platform(tmp_path):
    paths = find_paths({"NEWSREADER_DATA_DIR": str(tmp_path)})

    assert paths.store == tmp_path / "news.sqlite3"
    assert paths.config_file.name == "config.toml"
    assert "newsreader" in str(paths.cache)


SECRET = """
[source."The Lantern".headers]
Authorization = "env:LANTERN_TOKEN"
X-Plain = "as it is"
[source."The Lantern".cookies]
session = "env:LANTERN_SESSION"
shown = "yes"
"""


def test_headers_and_cookies_of_a_source_are_looked_up_in_the_environment(write):
    settings = load_settings(write(SECRET), {}).source["The Lantern"]

    sent = sent_headers("x", settings, {"LANTERN_TOKEN": "Bearer abc", "LANTERN_SESSION": "s1"})

    assert sent == (
        ("Authorization", "Bearer abc"),
        ("X-Plain", "as it is"),
        ("Cookie", "session=s1; shown=yes"),
    )
    assert sent_headers("x", SourceSettings(), {}) == ()


@pytest.mark.parametrize("token", [None, "", "s3cret\r\nHost: elsewhere", "s3crèt"])
def test_a_variable_that_is_missing_or_cannot_be_sent_is_named_and_not_told(write, token):
    settings = load_settings(write(SECRET), {}).source["The Lantern"]
    environ = {"LANTERN_SESSION": "s1", **({} if token is None else {"LANTERN_TOKEN": token})}

    with pytest.raises(ConfigError) as caught:
        sent_headers('source."The Lantern"', settings, environ)

    assert "LANTERN_TOKEN" in caught.value.message
    assert 'source."The Lantern".headers.Authorization' in caught.value.message
    assert "s3cr" not in f"{caught.value.message} {caught.value.hint}"


def test_a_cookie_from_the_environment_ends_no_cookie(write):
    settings = load_settings(write(SECRET), {}).source["The Lantern"]

    with pytest.raises(ConfigError, match="LANTERN_SESSION"):
        sent_headers("x", settings, {"LANTERN_TOKEN": "t", "LANTERN_SESSION": "s1; admin=1"})
