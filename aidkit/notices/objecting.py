"""How to object to a notice and where to complain: the same words on the site and on paper."""

from aidkit.county import County


def objecting(county: County, reply: int) -> tuple[str, str]:
    """Two paragraphs: to whom, how and when it is answered; then how to reach them.

    Args:
        county: Whose.
        reply: Working days in which an objection is answered.
    """
    hotline = f"投诉、举报电话：{county.hotline}。" if county.hotline else ""
    return (
        f"公示期内向{county.publisher}书面或当面提出，写明公示编号、名单上的编号和理由；"
        f"收到后 {reply} 个工作日内答复，答复以前不上报。属实的，更正名单。",
        f"联系方式：{county.contact}。{hotline}对公示和资助工作的其他意见，也可以投诉。"
        "请不要在网上写学生的姓名和家庭情况。",
    )
