"""The ids of renders: chosen by the client, used once, each account its own."""

from __future__ import annotations

import pytest

from nemovideo_pytest.contract.accounts import NewVisitor
from nemovideo_pytest.contract.basis import reading, rests_on
from nemovideo_pytest.contract.drafts import card
from nemovideo_pytest.contract.replies import refused, seen
from nemovideo_pytest.contract.visitor import Visitor

ORDER = "POST /api/render/proxy/lambda"
POLL = "GET /api/render/proxy/lambda/{render}"
CANCEL = "POST /api/render/proxy/lambda/{render}/cancel"


@pytest.mark.parametrize("id_", ["r", "render_1.5-b", "R" * 128, "0"])
@rests_on("render ids", ORDER)
def test_an_id_is_what_the_client_says(visitor: Visitor, id_: str) -> None:
    """Letters, digits, dots, dashes and underscores, 128 of them at most."""
    assert visitor.ordered(id=id_, draft={}).id == id_
    assert visitor.look(id_).id == id_


@reading(duplicate_render="error")
@rests_on("code 409", "duplicate_render=error")
def test_an_id_is_used_once(visitor: Visitor) -> None:
    """The second order is 409, and the first render goes on as it was ordered."""
    first = visitor.ordered(draft={})
    reply = visitor.order(id=first.id, draft=card())

    assert reply.status_code == 409
    assert first.id in refused(reply, 409)
    visitor.service.sleep(10)
    assert visitor.look(first.id).status == "failed"


@reading(duplicate_render="error")
@rests_on("code 409", "duplicate_render=error", "render ids")
def test_a_used_id_stays_used(visitor: Visitor) -> None:
    """Also after its render has failed, and in another session of the account."""
    first = visitor.ordered(draft={})
    visitor.service.sleep(10)

    refused(visitor.order(id=first.id, draft=card()), 409)
    refused(visitor.open().order(id=first.id, draft=card()), 409)


@reading(duplicate_render="existing")
@rests_on("duplicate_render=existing")
def test_a_used_id_may_give_the_render_there_is(visitor: Visitor) -> None:
    """How it stands, whatever the second order asks for."""
    first = visitor.ordered(draft={})
    visitor.service.sleep(10)
    again = visitor.ordered(id=first.id, draft=card())

    assert (again.id, again.status) == (first.id, "failed")


@pytest.mark.within(20)
@rests_on("render ids", ORDER)
def test_every_account_has_ids_of_its_own(visitor: Visitor, another: NewVisitor) -> None:
    """The same id is free for everybody else, and is another render."""
    other = another()
    visitor.ordered(id="render_1", draft={})
    other.ordered(id="render_1", draft=card())
    visitor.service.sleep(10)

    assert visitor.look("render_1").status == "failed"
    assert other.look("render_1").status == "processing"


@rests_on("code 404", POLL, CANCEL)
def test_a_render_that_never_was_is_not_found(visitor: Visitor) -> None:
    """404, with its name."""
    for reply in (
        visitor.poll("render_0"), visitor.cancel("render_0"), visitor.download("render_0"),
    ):  # fmt: skip
        assert reply.status_code == 404
        assert "render_0" in refused(reply, 404)


@rests_on("code 404", POLL, CANCEL)
def test_a_foreign_render_is_not_found(visitor: Visitor, another: NewVisitor) -> None:
    """Nobody watches, stops or downloads what is somebody else's."""
    mine = visitor.ordered(draft=card())
    other = another()
    for reply in (other.poll(mine.id), other.cancel(mine.id), other.download(mine.id)):
        refused(reply, 404)

    assert visitor.finished(mine.id).status == "completed"


LEGACY = "POST /api/render/proxy/draft", "GET /api/render/proxy/{render}"


@reading(legacy_render="accept")
@rests_on(*LEGACY, "legacy_render=accept", ORDER, POLL)
def test_the_first_versions_paths_lead_to_the_same_renders(visitor: Visitor) -> None:
    """Ordered there, it is seen here, and the other way round."""
    old = seen(visitor.post("/api/render/proxy/draft", visitor.order_body(draft={})))
    new = visitor.ordered(draft={})
    visitor.service.sleep(10)

    for id_ in (old.id, new.id):
        assert seen(visitor.get(f"/api/render/proxy/{id_}")) == visitor.look(id_)
        assert visitor.look(id_).status == "failed"


@reading(legacy_render="accept", attribution_mode="always")
@rests_on("POST /api/render/proxy/draft", "code 402", "attribution_mode=always")
def test_the_first_versions_path_needs_the_headers_too(visitor: Visitor) -> None:
    """It is no way around them."""
    body, headers = visitor.order_body(draft={}), {"Authorization": f"Bearer {visitor.token}"}

    refused(visitor.http.post("/api/render/proxy/draft", json=body, headers=headers), 402)


@reading(legacy_render="refuse")
@rests_on("legacy_render=refuse")
def test_the_first_versions_paths_may_be_gone(visitor: Visitor) -> None:
    """404, whoever asks; the newer ones are there."""
    body = visitor.order_body(draft={})
    assert visitor.post("/api/render/proxy/draft", body).status_code == 404
    id_ = visitor.ordered(draft={}).id

    assert visitor.get(f"/api/render/proxy/{id_}").status_code == 404
    assert visitor.look(id_).id == id_
