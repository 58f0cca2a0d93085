"""Names of people who do not exist.

The gate searches every page for every person's name, so no name may be an ordinary word: given
names use characters that official prose hardly uses, surnames that begin words (余额, 任何, 高中)
are left out, and no two-character name begins a three-character one.
"""

from random import Random
from typing import Literal

SURNAMES = (
    "王李张刘陈杨赵黄吴徐孙胡朱郭罗宋郑谢韩唐冯董曹袁邓傅沈彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "潘杜戴汪范姜廖邹熊孟秦邱侯尹崔陆姚谭韦贺龚樊殷葛翟娄"
)
"""Most frequent first; `surname` draws the front ones far more often."""

GIVEN = {
    ("child", "male"): (
        "梓浩宇俊泽皓铭嘉奕睿煜晨博昱彦锦沐辰",
        "轩涵豪杰航昊霖熙阳宸哲恺翔骏麒烨",
        "磊鑫帅毅晟瀚",
    ),
    ("child", "female"): (
        "梓雨欣佳思诗梦若芷沐钰昕馨雅怡依婉语",
        "涵萱妍琪瑶妮彤菲蕊琳婷颖悦璇玥妤",
        "雯倩蕾薇莹珊",
    ),
    ("adult", "male"): ("志海永俊振占新保", "军峰涛鹏辉波伟彬", "刚磊勇飙毅"),
    ("adult", "female"): ("秀玉晓艳素春桂红", "霞娟萍芬燕莲琴云", "倩娜莹蕾芳"),
}
"""Characters of given names: first and second of two, and the only one."""

TWO_CHARACTERS = 0.15
"""Share of names with one given character."""

_WEIGHTS = [1 / (place + 3) for place in range(len(SURNAMES))]


def surname(rng: Random) -> str:
    """A surname, frequent ones more often."""
    return rng.choices(SURNAMES, _WEIGHTS)[0]


def given(rng: Random, age: Literal["child", "adult"], sex: str) -> str:
    """A given name of a pupil, or of a parent, grandparent or teacher."""
    first, last, only = GIVEN[age, sex]
    if rng.random() < TWO_CHARACTERS:
        return rng.choice(only)
    return rng.choice(first) + rng.choice(last)
