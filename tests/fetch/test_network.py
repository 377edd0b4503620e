"""Which addresses are public, and how much waits to be read."""

import asyncio  # noqa: TID253  # tests need no quick start

import pytest

from newsreader.fetch.network import Wire, is_private, leads_to_private


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_private_addresses(address):
    assert is_private(address)


@pytest.mark.parametrize(
    "address",
    ["93.184.215.14", "1.1.1.1", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101", "news", ""],
)
def test_public_addresses_and_names(address):
    assert not is_private(address)


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("127.1", True),
        ("93.184.215.14", False),
        ("a..b", False),
    ],
)
def test_a_host_is_private_by_where_it_leads(host, private):
    assert asyncio.run(leads_to_private(host, always=True, seconds=5)) is private


class Tap(asyncio.ReadTransport):
    """A transport that notes whether it is held back."""

    def __init__(self) -> None:
        super().__init__()
        self.paused = False

    def pause_reading(self) -> None:
        self.paused = True

    def resume_reading(self) -> None:
        self.paused = False


def test_a_sender_waits_while_what_it_sent_is_not_read():
    async def receive() -> list[tuple[int, bool]]:
        tap, wire, seen = Tap(), Wire(), []
        wire.connection_made(tap)
        for _ in range(3):
            wire.data_received(bytes(100_000))
        seen.append((300_000, tap.paused))
        seen.append((len(await wire.read(200_000, None)), tap.paused))
        seen.append((len(await wire.read(200_000, None)), tap.paused))
        return seen

    assert asyncio.run(receive()) == [(300_000, True), (200_000, True), (100_000, False)]
