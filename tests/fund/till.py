"""What is there after some vouchers: what random books may still spend, return and correct."""

import copy
import dataclasses
from collections import Counter

from aidkit.fund.accounts import ASSETS
from aidkit.fund.entry import GOODS_LEAVE, Entry


class Till:
    """What is there after the vouchers so far."""

    def __init__(self) -> None:
        self.assets: Counter[tuple[str, str]] = Counter()
        self.pools: Counter[tuple[str, str, bool]] = Counter()
        # What a pool holds in goods pays nobody: it is counted apart.
        self.stored: dict[str, Entry] = {}
        self.paid: list[Entry] = []
        self.given: Counter[tuple[str, str, str]] = Counter()

    def enter(self, entry: Entry) -> None:
        in_goods = any(line.account == "goods" for line in entry.postings)
        for line in entry.postings:
            if line.account in ASSETS:
                self.assets[line.fund, line.account] += line.fen
            else:
                self.pools[line.fund, line.purpose, in_goods] -= line.fen
                if entry.kind in {"gift", "gift_returned"}:
                    self.given[line.fund, line.purpose, entry.party] -= line.fen
        if entry.kind == "goods_in":
            self.stored[entry.goods[0].item] = entry
        if entry.kind in GOODS_LEAVE:
            del self.stored[entry.goods[0].item]
        if entry.kind == "payout":
            self.paid.append(entry)

    def bears(self, entry: Entry) -> bool:
        """Whether nothing is below zero after it."""
        after = copy.deepcopy(self)
        after.enter(dataclasses.replace(entry, kind="correction"))
        least = min([*after.assets.values(), *after.pools.values()], default=0)
        gone = any(one.item not in self.stored for one in entry.goods)
        return least >= 0 and not gone

    def donors(self, fund: str, purpose: str) -> list[str]:
        """Who gave for a purpose what was not given back."""
        left = self.given.items()
        return [party for (of, pool, party), fen in left if (of, pool) == (fund, purpose) and fen]

    def keeps(self, entry: Entry) -> bool:
        """Whether nothing of what it brought about was taken back, so that it can be corrected."""
        if entry.kind == "payout":
            return entry in self.paid
        gifts = [line for line in entry.postings if line.account == "gift_income"]
        return all(self.given[line.fund, line.purpose, entry.party] >= -line.fen for line in gifts)
