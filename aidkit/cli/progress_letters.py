"""`aidkit letters progress TERM`: letters about learning to parents."""

from pathlib import Path

from aidkit.calendar import Term
from aidkit.cli.places import short
from aidkit.county import read_county_settings
from aidkit.documents import write_progress_letters
from aidkit.labels import project_labels
from aidkit.progress.settings import read_progress_settings
from aidkit.project import Project


def progress_letters(
    project: Project, county: Path, term: Term, school: str | None, student: str | None
) -> list[str]:
    """Write the letters and say what was written.

    Args:
        project: The project.
        county: The county's folder.
        term: The term.
        school: Code of the only school to write for.
        student: 学籍号 of the only pupil to write for.
    """
    written = write_progress_letters(
        project.reports(county, term.code),
        read_county_settings(county),
        term,
        project_labels(),
        read_progress_settings(project.params, county).letter_marks,
        school_code=school,
        student_no=student,
    )
    made = f"{written.pages} 张，{len(written.files)} 份 PDF"
    lines = [f"学习进步告知信：{made}，在 {short(project, written.folder)}"]
    if written.left_out:
        lines.append(f"{written.left_out} 名学生不在最后一次考试的成绩表里，没有做。")
    return [*lines, "只交给学生自己的家长，不要张贴或转发。"]
