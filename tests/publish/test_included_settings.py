"""`metadata-files`: settings of another file are taken in where it is there."""

from pathlib import Path

import pytest

from aidkit.errors import PublishError
from aidkit.publish.quarto_yml import read_config

MAIN = "website:\n  title: 网站\nmetadata-files: [_more.yml]\n"
MORE = "website:\n  navbar:\n    right:\n      - text: 基金\n        href: funds/index.qmd\n"


def site(tmp_path: Path, more: str = "") -> Path:
    (tmp_path / "_quarto.yml").write_text(MAIN, encoding="utf-8")
    if more:
        (tmp_path / "_more.yml").write_text(more, encoding="utf-8")
    return tmp_path


def test_it_is_taken_in(tmp_path: Path) -> None:
    assert [entry.text for entry in read_config(site(tmp_path, MORE)).right] == ["基金"]


def test_it_may_be_absent(tmp_path: Path) -> None:
    assert read_config(site(tmp_path)).right == ()


def test_a_setting_in_both_is_refused_since_quarto_would_put_lists_together(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="两处"):
        read_config(site(tmp_path, "website:\n  title: 又一个\n"))


def test_an_unknown_setting_is_told_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(PublishError) as caught:
        read_config(site(tmp_path, "website:\n  sidebar: docked\n"))
    assert caught.value.where.startswith("_more.yml")


def profiles(tmp_path: Path) -> Path:
    (tmp_path / "_quarto.yml").write_text("lang: zh\nprofile:\n  default: public\n", "utf-8")
    for name in ("public", "internal"):
        (tmp_path / f"_quarto-{name}.yml").write_text(f"website:\n  title: {name}\n", "utf-8")
    return tmp_path


def test_a_profile_is_taken_in_and_the_default_where_none_is_asked_for(tmp_path: Path) -> None:
    site = profiles(tmp_path)
    assert [read_config(site, name).title for name in ("", "public", "internal")] == [
        "public",
        "public",
        "internal",
    ]


def test_a_profile_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="_quarto-school"):
        read_config(profiles(tmp_path), "school")


def test_a_profile_may_not_set_again_what_the_project_sets(tmp_path: Path) -> None:
    (profiles(tmp_path) / "_quarto-internal.yml").write_text("lang: en\n", "utf-8")
    with pytest.raises(PublishError, match="两处"):
        read_config(tmp_path, "internal")
