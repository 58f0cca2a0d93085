"""The chart of accounts: what a posting's money is.

Titles are the words of vocabulary `account` in `params/labels.toml`; the lines follow
《民间非营利组织会计制度》, with one account each for what an officer is asked about.
"""

GOODS = "goods"
"""The one asset that is no money: valued goods in store."""

ASSETS = ("cash", "bank", "phone_payment", GOODS)
"""Where money lies. Debits are positive."""

MONEY = tuple(account for account in ASSETS if account != GOODS)
"""Assets that are money."""

INCOME = (
    "gift_income",
    "goods_income",
    "government_income",
    "allocation_income",
    "interest_income",
    "transfer_in",
)
GIVEN = ("gift_income", "goods_income")
"""Income that donors give."""

EXPENSES = (
    "program_expense",
    "management_expense",
    "fundraising_expense",
    "bank_fee",
    "goods_loss",
    "transfer_out",
)

MANAGEMENT = ("management_expense", "bank_fee", "goods_loss")
"""What counts as 管理费用, on the 业务活动表 and in ratios: fees of the bank, too, since no rule
would count them anywhere else; and goods spoilt or lost, which are 资产盘亏损失 in
《关于慈善组织开展慈善活动年度支出和管理费用的规定》."""

OPENING = "opening_net"
"""Net assets carried over from the book before this one."""

RELEASED = "released"
"""限定性净资产转为非限定性净资产: +fen with the purpose that loses it, -fen with what gains it."""

ACCOUNTS = (*ASSETS, *INCOME, *EXPENSES, OPENING, RELEASED)

UNRESTRICTED = ""
"""The purpose of money that may be used for anything the fund is for."""

MOST_FEN = 10**12 - 1
"""9,999,999,999.99 yuan: the most that one posting holds; sums of many fit 64 bits."""
