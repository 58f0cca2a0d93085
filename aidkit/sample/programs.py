"""The programs that people of the sample county apply for, as written on their forms."""

TIERED, BOARDER, DAY, MEALS = (
    "tiered_aid",
    "boarder_allowance",
    "day_pupil_allowance",
    "nutrition_henan",
)
KINDERGARTEN, SENIOR, VOCATIONAL = "kindergarten_aid", "senior_grant", "vocational_grant"
SENIOR_FREE = "senior_fee_waiver"
SCHOLARSHIP, EMERGENCY, FESTIVE = "vocational_scholarship", "emergency_aid", "festive_gift"
UNION, GOLD_COLLAR, DREAM, DRIVE = (
    "union_autumn_aid",
    "union_gold_collar",
    "union_dream",
    "county_drive",
)
CANDLE, CITY_TEACHERS, FESTIVE_TEACHERS = (
    "candle_action",
    "teacher_hardship_city",
    "festive_gift_teachers",
)

TITLES = {
    TIERED: ("义务教育困难学生三级资助", "三级资助"),
    BOARDER: ("家庭经济困难寄宿生生活补助", "寄宿生生活补助"),
    DAY: ("家庭经济困难非寄宿生生活补助", "非寄宿生生活补助"),
    MEALS: ("省定营养改善计划", "省定营养改善计划"),
    KINDERGARTEN: ("学前教育资助", "学前资助"),
    SENIOR: ("普通高中国家助学金", "普高助学金"),
    SENIOR_FREE: ("普通高中家庭经济困难学生免学杂费", "普高免学杂费"),
    VOCATIONAL: ("中等职业学校国家助学金", "中职助学金"),
    SCHOLARSHIP: ("中等职业学校省政府奖学金", "中职奖学金"),
    EMERGENCY: ("学生突发困难救助", "突发困难救助"),
    FESTIVE: ("春节送温暖慰问困难学生", "送温暖慰问学生"),
    UNION: ("金秋助学普通资助", "金秋助学"),
    GOLD_COLLAR: ("金秋助学金牌蓝领计划", "金牌蓝领"),
    DREAM: ("金秋助学圆梦计划", "圆梦计划"),
    DRIVE: ("帮联解民难爱心助学子", "爱心助学子"),
    CANDLE: ("爱烛行动救助特困教师", "爱烛行动"),
    CITY_TEACHERS: ("市级特困教师资助", "市级特困教师资助"),
    FESTIVE_TEACHERS: ("春节送温暖慰问困难教师", "送温暖慰问教师"),
}
"""Title and short form of each program, as written on forms."""

OF_STAGE = {
    "kindergarten": (KINDERGARTEN,),
    "primary": (TIERED,),
    "junior": (TIERED,),
    "senior": (SENIOR,),
    "vocational": (VOCATIONAL,),
}
"""What a family in hardship applies for first, by the pupil's stage."""

BY_TIER = frozenset({TIERED, KINDERGARTEN, SENIOR, VOCATIONAL})
"""Programs for which the panel decides a tier."""

BY_AMOUNT = frozenset({EMERGENCY, FESTIVE, DRIVE})
"""Programs for which the panel decides an amount case by case."""
