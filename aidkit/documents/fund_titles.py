"""What a fund's codes are called in its documents."""

from dataclasses import dataclass

from aidkit.fund.accounts import UNRESTRICTED
from aidkit.fund.entry import OF_DONORS
from aidkit.fund.settings import Fund
from aidkit.labels import Labels


@dataclass(frozen=True)
class Titles:
    """Codes of one fund and their Chinese; a code that its file has no more stands for itself.

    Attributes:
        fund: The fund.
        labels: Codes of vocabularies.
    """

    fund: Fund
    labels: Labels

    def purpose(self, code: str) -> str:
        """A restriction, or that there is none."""
        if code == UNRESTRICTED:
            return self.labels.label("purpose_word", "unrestricted")
        found = self.fund.purposes.get(code)
        return found.title if found else code

    def program(self, code: str) -> str:
        """A program of the fund, 其他资助 or 合计; empty where there is none."""
        if code in self.labels.names("payout_row"):
            return self.labels.label("payout_row", code)
        found = self.fund.programs.get(code)
        return found.title if found else code

    def of(self, vocabulary: str, code: str) -> str:
        """A code of a vocabulary; 未注明 where it is empty."""
        return self.labels.label(vocabulary, code) if code else self.word("not_told")

    def word(self, code: str) -> str:
        """What stands where there is nothing to tell: 未署名, 未估价."""
        return self.labels.label("fund_word", code)

    def donor(self, name: str, consent: str = "") -> str:
        """A donor, or why nobody is named: （匿名）, （未署名）."""
        missing = {"": "unsigned", "named": "not_named"}.get(consent)
        said = self.word(missing) if missing else self.of("consent", consent)
        return name or f"（{said}）"

    def whole(self, section: str) -> str:
        """What the total of a section of the 收支公示表 is called."""
        return self.of("fund_section", section) + "合计"

    def group(self, line: str, code: str) -> str:
        """What a line of the 收支公示表 is divided by: a donor class or a program."""
        if line == "program_expense":
            return self.program(code)
        return self.of("donor_class", code) if line in OF_DONORS else ""
