"""The text of a fund's file in an empty county: every part is there, each with what it is for."""

FUND_FILE = """\
# 一个基金一份文件，文件名（love_fund）就是基金的代号；没有基金就删去这份文件，多个基金就复制几份。
name = {name}
# 机构类别，决定适用哪些支出比例和公开要求：
#   public_foundation 公募基金会、private_foundation 非公募基金会、association 慈善社会团体、
#   service 慈善社会服务机构、union_fund 工会基金、school_fund 学校自有基金
org_type = "school_fund"
# 账簿的第一天：早于这一天的收支不能登记，以前的余额用“期初结转”登记
opened_on = 2026-01-01
# 开户行，没有就去掉行首的 # 再填
#bank = "某某银行某某支行"
# 报表、证书上印的单位和联系电话；不写就用县里的。登记的基金会写自己的。
#unit = "某某教育基金会"
#contact = "0000-0000000"

# 每种收付方式的钱存在哪个账户：cash 库存现金、bank 银行存款、phone_payment 手机支付账户。
# 手机支付当天就转进银行的，写 phone_payment = "bank"。没有写的方式不能登记。
[channels]
cash = "cash"
bank = "bank"
phone_payment = "phone_payment"

# 限定用途：捐赠人指定的用途，一种一节。words 是捐赠人和登记表里的其他叫法；
# programs 是可以用这笔钱的项目，别的项目要用，先取得捐赠人同意并登记“变更用途”或“解除限定”。
# leftover 写明项目结束后余下的钱怎么办。
# costs 是捐赠协议写明可以用这笔钱付的费用：management 管理费用、fundraising 募捐成本、
# bank_fee 手续费；不写就都不能付。
[[purpose]]
id = "hardship"
title = "资助困难学生"
words = ["困难学生", "助学"]
programs = ["hardship_aid"]
leftover = "转入下一年度，仍用于资助困难学生"
#costs = ["bank_fee"]

# 资助项目：基金的钱用在哪里，一个项目一节。id 用 aidkit program list 里的代号，或自己起一个。
# purpose 是默认用哪一种限定用途的钱，不写就用非限定的钱；登记表里的“资金来源”优先。
[[program]]
id = "hardship_aid"
title = "困难学生补助"
words = ["困难补助"]
purpose = "hardship"

# 教职工按岗位认捐（元/天）：post 可以是 leader 校级领导、middle_leader 中层干部、
# party_member 党员、teacher 教师、staff 职工；persons 是人数，days 是一年计多少天，
# stated 是文件里写的每人每年多少元（没有写就不填）。用得着才去掉行首的 #。
#[[pledge]]
#post = "teacher"
#persons = 100
#a_day = 0.1
#days = 300
#stated = 40

# 算支出比例要用、账簿里没有的数（元），例如上年末净资产；用得着才去掉行首的 #。
#[figures.2025]
#net_assets = 0
#income = 0
"""
