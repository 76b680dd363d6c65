"""What a moderator accepts is one commit on the remote's main branch, once, whatever the remote does meanwhile."""

import re
import subprocess
from pathlib import Path

import pytest

from divan.proposals.model import ProposalState
from tests.desk.moderating import sign_in
from tests.proposals.sending import REPLY, THREAD, TODAY, Opened, git, opened


def commits(forum: Opened) -> list[str]:
    return git(forum.bare, "log", "--format=%s|%an|%ae|%cn|%(trailers:key=Proposal,valueonly)", "main").splitlines()


def test_nothing_is_in_git_before_a_moderator_publishes(forum: Opened) -> None:
    forum.send({"text": "Un mot jamais vu : zygomorphe."})
    forum.desk.publisher.run()
    sign_in(forum).client.get(f"/desk/propositions/{forum.desk.queue.waiting()[0].uid}")
    for repository in (forum.bare, forum.root, forum.desk.publisher.repository.folder):
        found = git(repository, "log", "--all", "--oneline", "-Szygomorphe")
        assert found == ""


def test_published_it_is_a_commit_of_its_pseudonym_and_its_author_reads_where(forum: Opened) -> None:
    receipt = forum.send()
    uid = forum.desk.queue.waiting()[0].uid
    at = sign_in(forum)
    assert at.press(uid, "publish").status_code == 303
    assert forum.follow(receipt)["state"] == "reading"  # not before the remote has acknowledged it
    assert forum.desk.publisher.run() == 1
    answer = forum.follow(receipt)
    assert answer["state"] == "published"
    assert str(answer["link"]).startswith(f"https://forum.example/cas/{THREAD}/#r-2026-11-28-")
    merge, own = git(forum.bare, "log", "-2", "--topo-order", "--format=%s|%an|%ae|%cn", "main").splitlines()
    assert merge.startswith("Fusion : reply replies/")
    assert merge.endswith("|Le forum|le-forum@users.invalid|Le forum")
    assert own.endswith("|hirondelle|hirondelle@users.invalid|Le forum")
    assert git(forum.bare, "branch", "--list", "proposals/*") == ""
    assert "+waited: 0" in git(forum.bare, "show", "main^2")
    assert receipt not in git(forum.bare, "log", "--all", "-p")


def test_the_page_shown_before_is_the_site_s_own(small: Opened) -> None:
    small.send({"text": "Et une **spirométrie** ?"})
    uid = small.desk.queue.waiting()[0].uid
    page = sign_in(small).client.get(f"/desk/apercu/{uid}/fil/x/")
    assert page.status_code == 200
    assert "Une toux qui dure" in page.text
    assert "<strong>spirométrie</strong>" in page.text
    assert "sandbox" in page.headers["content-security-policy"]


def test_the_page_shown_before_opens_at_the_new_reply_with_the_site_s_style(small: Opened) -> None:
    small.send({"text": "Et une spirométrie ?"})
    uid = small.desk.queue.waiting()[0].uid
    at = sign_in(small)
    assert f'/desk/apercu/{uid}/fil/x/#change"' in at.client.get(f"/desk/propositions/{uid}").text
    page = at.client.get(f"/desk/apercu/{uid}/fil/x/").text
    assert "spirométrie" in page[page.index(' id="change"') :]
    style = re.findall(r'href="\.\./\.\./(theme/[^"]+\.css)"', page)[0]
    assert at.client.get(f"/desk/apercu/{uid}/{style}").status_code == 200


def test_a_card_may_say_who_and_where(small: Opened) -> None:
    card = {"kind": "service", "service_kind": "etp", "name": "Souffle", "town": "Niort", "departement": "79"}
    small.send(card | {"target": "", "phone": "05 49 00 00 00", "access": "Demandez le secrétariat."})
    page = sign_in(small).client.get("/desk/").text
    assert "Fiche de service&nbsp;: Souffle" in page and "passage" not in page


def test_what_a_group_names_is_read_by_its_name(small: Opened) -> None:
    card = {"kind": "service", "service_kind": "etp", "name": "Souffle", "town": "Niort", "departement": "79"}
    small.send(card | {"target": "", "access": "Demandez le secrétariat."})
    uid = small.desk.queue.waiting()[0].uid
    page = sign_in(small).client.get(f"/desk/propositions/{uid}").text
    shown = page[: page.index("<details")] if "<details" in page else page
    assert "Éducation thérapeutique" in shown and "Deux-Sèvres (79)" in shown


def test_a_queue_opened_again_shows_a_version_corrected_meanwhile(small: Opened) -> None:
    receipt, at = small.send(), sign_in(small)
    assert "Pensez à l&#39;enzyme" in at.client.get("/desk/").text
    changed = {"action": "amend", "text": "Pensez au reflux."}
    small.follow(receipt, **(REPLY | changed))
    page = at.client.get("/desk/").text
    assert "Pensez au reflux." in page and "enzyme" not in page


def test_what_the_check_found_is_marked(small: Opened) -> None:
    small.send({"kind": "report", "reason": "other", "passage": "On lit le 06 39 98 12 34."})
    uid = small.desk.queue.waiting()[0].uid
    assert '<mark title="' in sign_in(small).client.get(f"/desk/propositions/{uid}").text


def test_the_queue_says_what_waits_and_what_was_found(small: Opened) -> None:
    small.send({"text": "Vu Mme Durand ce matin.", "reviewed": ["Mme Durand : accord"]})
    small.send({"kind": "report", "reason": "recognised", "submission": "s-2", "passage": "Le début."})
    page = sign_in(small).client.get("/desk/").text
    assert page.index("Signalement&nbsp;: Le début.") < page.index("Réponse&nbsp;: Vu Mme Durand ce matin.")
    assert page.count("1 passage à voir") == 1


def test_a_choice_is_read_in_words_and_fields_in_the_order_of_their_form(small: Opened) -> None:
    small.send({"kind": "withdrawal", "reason": "Une photo.", "who": "patient"})
    uid = small.desk.queue.waiting()[0].uid
    page = sign_in(small).client.get(f"/desk/propositions/{uid}").text
    assert page.index("Une personne qui s&#39;y reconnaît") < page.index("Une photo.") < page.index("À propos de")


def test_asked_again_then_published(forum: Opened) -> None:
    receipt, at = forum.send(), sign_in(forum)
    uid = forum.desk.queue.waiting()[0].uid
    assert at.press(uid, "return").status_code == 422  # without a word, its author would not know what to change
    assert at.press(uid, "return", words="Dites la dose.").status_code == 303
    assert forum.follow(receipt)["words"] == "Dites la dose."
    forum.follow(receipt, **{**REPLY, "action": "amend", "text": "À 5 mg."})
    at.press(uid, "publish")
    forum.desk.publisher.run()
    assert "À 5 mg." in git(forum.bare, "log", "-p", "main")


def test_refused_with_a_reason_from_the_list(small: Opened) -> None:
    receipt, at = small.send(), sign_in(small)
    at.press(small.desk.queue.waiting()[0].uid, "refuse", reason="repeated")
    answer = small.follow(receipt)
    assert (answer["state"], answer["words"]) == ("refused", "Cela a déjà été dit ; le fil existe.")


def test_two_moderators_must_agree_once_one_has_asked(forum: Opened) -> None:
    forum.send()
    uid = forum.desk.queue.waiting()[0].uid
    first, second = sign_in(forum), sign_in(forum, "Barnabé")
    first.press(uid, "second")
    first.press(uid, "publish")
    first.press(uid, "publish")
    assert forum.desk.publisher.run() == 0
    second.press(uid, "publish")
    assert forum.desk.publisher.run() == 1


def test_a_text_corrected_meanwhile_is_not_published_unread(small: Opened) -> None:
    receipt, at = small.send(), sign_in(small)
    uid = small.desk.queue.waiting()[0].uid
    stale = {"token": at.token(), "version": "1", "action": "publish"}
    small.follow(receipt, **{**REPLY, "action": "amend", "text": "Tout autre chose."})
    answer = at.client.post(f"/desk/propositions/{uid}", data=stale, headers={"origin": "https://forum.example"})
    assert answer.status_code == 409
    assert small.desk.publisher.run() == 0


def test_a_post_is_taken_down_by_its_address(small: Opened) -> None:
    at = sign_in(small)
    sent = {"token": at.token(), "target": f"https://forum.example/cas/{THREAD}/"}
    at.client.post("/desk/retirer", data=sent, headers={"origin": "https://forum.example"})
    small.desk.publisher.run()
    left = git(small.bare, "show", f"main:content/cases/2026/{THREAD}.md")
    assert "Que chercher" not in left


def test_a_report_that_is_right_takes_the_post_down(small: Opened) -> None:
    receipt, at = small.send({"kind": "report", "reason": "recognised"}), sign_in(small)
    at.press(small.desk.queue.waiting()[0].uid, "publish")
    small.desk.publisher.run()
    assert "Que chercher" not in git(small.bare, "show", f"main:content/cases/2026/{THREAD}.md")
    assert small.follow(receipt)["state"] == "published"


def test_direct_is_one_commit_on_main(tmp_path: Path) -> None:
    setting = {"way": "direct", "rebuild": False}
    with opened(tmp_path, f"sqlite:///{tmp_path}/a.sqlite", PUBLISHING=setting) as forum:
        forum.send()
        sign_in(forum).press(forum.desk.queue.waiting()[0].uid, "publish")
        assert forum.desk.publisher.run() == 1
        assert len(git(forum.bare, "log", "--oneline", "main").splitlines()) == 2


def accepted(forum: Opened, **fields: str) -> str:
    receipt = forum.send(dict(fields))
    sign_in(forum).press(forum.desk.queue.waiting()[0].uid, "publish")
    return receipt


def test_a_remote_that_refuses_is_tried_again_and_said(forum: Opened) -> None:
    receipt = accepted(forum)
    hook = forum.bare / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert forum.desk.publisher.run() == 0
    assert "a refusé" in sign_in(forum, "B").client.get("/desk/").text
    assert forum.follow(receipt)["state"] == "reading"
    hook.unlink()
    retry(forum)
    assert forum.follow(receipt)["state"] == "published"


def test_a_remote_that_hangs_is_not_waited_for(forum: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = accepted(forum)
    monkeypatch.setattr("divan.desk.git.LONGEST", 1.0)
    hook = forum.bare / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nsleep 5\n")
    hook.chmod(0o755)
    assert forum.desk.publisher.run() == 0
    assert "n&#39;a pas répondu à temps" in sign_in(forum, "B").client.get("/desk/").text
    hook.unlink()
    monkeypatch.setattr("divan.desk.git.LONGEST", 60.0)
    retry(forum)
    assert forum.follow(receipt)["state"] == "published"
    assert git(forum.bare, "log", "--format=%b", "main").count("Proposal:") == 1


def test_a_remote_that_moves_on_elsewhere_is_followed(forum: Opened) -> None:
    receipt = accepted(forum)
    change(forum, "content/hashtags.yaml", "- {name: toux, synonyms: [], about: Une toux}\n")
    assert forum.desk.publisher.run() == 1
    assert forum.follow(receipt)["state"] == "published"


def test_a_post_that_changed_meanwhile_comes_back_to_the_moderators(forum: Opened) -> None:
    fields = {"kind": "correction", "text": "", "passage": "Auscultation normale.", "replacement": "Des sibilants."}
    receipt = accepted(forum, **fields)
    path = f"content/cases/2026/{THREAD}.md"
    change(forum, path, (forum.root / path).read_text().replace("non fumeur", "fumeur"))
    assert forum.desk.publisher.run() == 0
    assert "à relire" in sign_in(forum, "B").client.get("/desk/").text
    assert forum.follow(receipt)["state"] == "reading"
    sign_in(forum, "C").press(forum.desk.queue.waiting()[0].uid, "publish")
    assert forum.desk.publisher.run() == 1
    text = git(forum.bare, "show", f"main:{path}")
    assert "Des sibilants." in text and "Un adulte, fumeur." in text


def change(forum: Opened, path: str, text: str) -> None:
    """Someone else pushes to the remote."""
    (forum.root / path).write_text(text, encoding="utf-8")
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@users.invalid", "commit", "-qam", "Ailleurs"],
                   cwd=forum.root, check=True)  # fmt: skip
    git(forum.root, "push", "-q", "origin", "main")


def retry(forum: Opened) -> None:
    """What is due later is due now."""
    from dataclasses import replace

    late = replace(forum.desk.publisher, clock=lambda: 4_000_000_000.0)
    late.run()


def test_the_log_of_decisions_has_no_name_and_no_text(small: Opened) -> None:
    accepted(small)
    small.desk.publisher.run()
    page = sign_in(small).client.get("/desk/decisions").text
    assert "Réponse" in page
    assert "hirondelle" not in page and "enzyme" not in page
    assert small.desk.queue.times(TODAY).decided == 1


def test_what_was_pushed_before_a_kill_is_published_and_not_pushed_again(forum: Opened) -> None:
    receipt = accepted(forum)
    (due,) = forum.desk.publisher.publications.due(4_000_000_000)
    with forum.desk.publisher.repository.alone():  # as far as the push, and then nothing: killed
        tip = forum.desk.publisher.repository.update()
        forum.desk.publisher._send(*due, tip)
    before = commits(forum)
    assert forum.desk.publisher.run() == 1
    assert commits(forum) == before
    assert forum.follow(receipt)["state"] == ProposalState.PUBLISHED


def test_a_report_that_needs_a_second_opinion_takes_nothing_down_before(forum: Opened) -> None:
    forum.send({"kind": "report", "reason": "patient"})
    uid = forum.desk.queue.waiting()[0].uid
    first, second = sign_in(forum), sign_in(forum, "Barnabé")
    first.press(uid, "second")
    first.press(uid, "publish")
    assert [one.kind for one in forum.desk.queue.waiting()] == ["report"]
    second.press(uid, "publish")
    assert forum.desk.publisher.run() == 2
    assert "Que chercher" not in git(forum.bare, "show", f"main:content/cases/2026/{THREAD}.md")


def test_a_report_decided_again_after_a_kill_withdraws_once(forum: Opened) -> None:
    forum.send({"kind": "report", "reason": "recognised"})
    (report,) = forum.desk.queue.waiting()
    forum.desk.deciding._withdraw_for(report, 1)  # as far as this, and then nothing: killed
    sign_in(forum).press(report.uid, "publish")
    assert forum.desk.publisher.run() == 2
    assert len(commits(forum)) == 3  # the forum's own, the withdrawal, its merge


def test_an_address_where_nothing_is_leaves_nothing_in_the_queue(small: Opened) -> None:
    at = sign_in(small)
    sent = {"token": at.token(), "target": "https://forum.example/cas/2026-03-15-zzzz/"}
    page = at.client.post("/desk/retirer", data=sent, headers={"origin": "https://forum.example"})
    assert (page.status_code, small.desk.queue.waiting()) == (422, [])


def test_a_day_is_marked_in_what_is_said_of_a_case_and_not_of_a_topic(small: Opened) -> None:
    day = {"text": "Opérée le 14 mars 2026."}
    small.send(day | {"folder": "sujets", "submission": "topic"})
    at = sign_in(small)
    (topic,) = small.desk.queue.waiting()
    assert "<mark" not in at.client.get(f"/desk/propositions/{topic.uid}").text
    refused = small.client.post("/proposals/", data=REPLY | day, headers={"accept": "application/json"})
    assert refused.status_code == 422


def test_what_members_alone_read_gives_no_address_of_the_public_site(forum: Opened) -> None:
    case = {"title": "Un genou", "question": "Que faire ?", "context": "La quarantaine.", "findings": "Froid.",
            "hashtags": "toux", "specialty": "rhumatologie", "kind": "case", "target": ""}  # fmt: skip
    receipt = forum.send(dict(case))
    at = sign_in(forum)
    at.press(forum.desk.queue.waiting()[0].uid, "publish")
    forum.desk.publisher.run()
    assert (forum.follow(receipt)["state"], forum.follow(receipt)["link"]) == ("published", "")
    assert "édition des membres" in forum.client.post("/proposals/receipt", data={"receipt": receipt}).text
    told = forum.follow(receipt, action="complete", kind="resolution", text="Guéri en un mois.", author="hirondelle")
    assert told["status"] == 201  # what it published is found all the same
