"""What is answered to a sealed thread is read at the desk, and is ciphertext for whoever reads the repository."""

from divan.forum.sealing import open_post, seal_posts
from divan.sources.sealed import IDENTITY, draw_identity
from tests.desk.moderating import sign_in
from tests.proposals.sending import THREAD, Opened, git


def seal_the_forum(forum: Opened) -> None:
    """Its one case becomes the members', sealed, as a moderator does it by hand."""
    group, case = forum.root / "content/forum.yaml", forum.root / f"content/cases/2026/{THREAD}.md"
    group.write_text(f"{group.read_text('utf-8')}sealed_for: [{draw_identity(forum.root / IDENTITY)}]\n", "utf-8")
    case.write_text(case.read_text("utf-8").replace("visibility: public", "visibility: members"), "utf-8")
    assert len(seal_posts(forum.root, [])) == 1
    git(forum.root, "-c", "user.name=Le forum", "-c", "user.email=forum@users.invalid", "commit", "-qam", "Chiffré")
    git(forum.root, "push", "-q", "origin", "main")


def test_a_moderator_reads_it_and_a_reader_of_the_repository_does_not(small: Opened) -> None:
    seal_the_forum(small)
    small.send({"text": "Un mot jamais vu : zygomorphe."})
    uid = small.desk.queue.waiting()[0].uid
    at = sign_in(small)
    shown = at.client.get(f"/desk/apercu/{uid}/fil/x/").text
    assert "zygomorphe" in shown and "Un adulte, non fumeur." in shown
    assert at.press(uid, "publish").status_code == 303
    assert small.desk.publisher.run() == 1
    told = git(small.bare, "log", "--all", "-p", "-1", "--first-parent", "-m", "main")
    assert "BEGIN AGE ENCRYPTED FILE" in told and "zygomorphe" not in told
    assert "hirondelle" not in git(small.bare, "log", "--all", "-p", "--format=%an%ae%s%b", "main")
    git(small.root, "pull", "-q", "origin", "main")
    (reply,) = (small.root / f"content/replies/{THREAD}").iterdir()
    assert b"zygomorphe" in open_post(small.root, reply)
