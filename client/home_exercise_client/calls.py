"""Every call of the API, version 1.0.0. Generated from openapi.yaml: do not edit."""

# ruff: noqa: F403, F405

from typing import Literal
from urllib.parse import quote

from home_exercise_client.objects import *
from home_exercise_client.sending import Answer, Sender


class Calls(Sender):
    """The calls, by their operation id."""

    def advice_list(
        self,
        *,
        code: str | None = None,
        cursor: str | None = None,
        ordering: Literal["code", "-code"] | None = None,
        page_size: int | None = None,
        retired: bool | None = None,
        search: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[AdvicePage]:
        """List advice."""
        return self.send(
            "GET",
            "/api/v1/advice/",
            query={
                "code": code,
                "cursor": cursor,
                "ordering": ordering,
                "page_size": page_size,
                "retired": retired,
                "search": search,
            },
            headers={"If-None-Match": if_none_match},
        )

    def advice_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Advice]:
        """Read advice."""
        return self.send(
            "GET",
            f"/api/v1/advice/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def clinics_list(
        self,
        *,
        cursor: str | None = None,
        ordering: Literal["name", "-name"] | None = None,
        page_size: int | None = None,
        if_none_match: str | None = None,
    ) -> Answer[ClinicPage]:
        """List clinics."""
        return self.send(
            "GET",
            "/api/v1/clinics/",
            query={"cursor": cursor, "ordering": ordering, "page_size": page_size},
            headers={"If-None-Match": if_none_match},
        )

    def clinics_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Clinic]:
        """Read a clinic."""
        return self.send(
            "GET",
            f"/api/v1/clinics/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def clinics_partial_update(
        self,
        id: str,
        body: ClinicPatch | None = None,
        *,
        if_match: str | None = None,
    ) -> Answer[Clinic]:
        """Change the settings of a clinic."""
        return self.send(
            "PATCH",
            f"/api/v1/clinics/{quote(id)}/",
            body=body,
            headers={"If-Match": if_match},
        )

    def conditions_list(
        self,
        *,
        code: str | None = None,
        cursor: str | None = None,
        ordering: Literal["code", "-code"] | None = None,
        page_size: int | None = None,
        search: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[ConditionPage]:
        """List conditions."""
        return self.send(
            "GET",
            "/api/v1/conditions/",
            query={
                "code": code,
                "cursor": cursor,
                "ordering": ordering,
                "page_size": page_size,
                "search": search,
            },
            headers={"If-None-Match": if_none_match},
        )

    def conditions_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Condition]:
        """Read a condition."""
        return self.send(
            "GET",
            f"/api/v1/conditions/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def deliveries_list(
        self,
        *,
        cursor: str | None = None,
        event: Literal[
            "follow_up.raised",
            "link.opened",
            "log.told",
            "measure.told",
            "plan.paused",
            "plan.resumed",
            "plan.to_be_reviewed",
            "rendering.failed",
            "rendering.ready",
        ]
        | None = None,
        ordering: Literal["created_at", "-created_at"] | None = None,
        page_size: int | None = None,
        state: Literal["delivered", "failed", "queued", "running"] | None = None,
        webhook: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[DeliveryPage]:
        """List deliveries."""
        return self.send(
            "GET",
            "/api/v1/deliveries/",
            query={
                "cursor": cursor,
                "event": event,
                "ordering": ordering,
                "page_size": page_size,
                "state": state,
                "webhook": webhook,
            },
            headers={"If-None-Match": if_none_match},
        )

    def deliveries_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Delivery]:
        """Read a delivery."""
        return self.send(
            "GET",
            f"/api/v1/deliveries/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def deliveries_replay(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[Delivery]:
        """Deliver again."""
        return self.send(
            "POST",
            f"/api/v1/deliveries/{quote(id)}/replay/",
            headers={"Idempotency-Key": idempotency_key},
        )

    def exercises_list(
        self,
        *,
        code: str | None = None,
        cursor: str | None = None,
        equipment: Literal[
            "ankle_weight",
            "ball",
            "band",
            "bed",
            "chair",
            "cushion",
            "door_frame",
            "light_weight",
            "mat",
            "pillow",
            "pool",
            "stationary_bike",
            "step",
            "stick",
            "table",
            "target_card",
            "towel",
            "wall",
        ]
        | None = None,
        kind: Literal[
            "aerobic",
            "balance",
            "breathing",
            "mobility",
            "neuromotor",
            "relaxation",
            "rest",
            "strengthening",
            "stretch",
        ]
        | None = None,
        language: Literal["ar", "en", "es", "zh-hans"] | None = None,
        movement: str | None = None,
        ordering: Literal["code", "-code"] | None = None,
        page_size: int | None = None,
        position: Literal[
            "hands_and_knees", "kneeling", "prone", "side_lying", "sitting", "standing", "supine", "water"
        ]
        | None = None,
        retired: bool | None = None,
        search: str | None = None,
        target: Literal[
            "L4-L5",
            "L5-S1",
            "ankle",
            "arm",
            "balance",
            "breathing",
            "calf",
            "chest",
            "core",
            "elbow",
            "foot",
            "general",
            "hand",
            "heart_lungs",
            "hips",
            "knee",
            "neck",
            "nerve",
            "pelvic_floor",
            "rotator_cuff",
            "scapula",
            "shoulder",
            "thighs",
            "thoracic",
            "vestibular",
            "wrist",
        ]
        | None = None,
        if_none_match: str | None = None,
    ) -> Answer[ExercisePage]:
        """List exercises."""
        return self.send(
            "GET",
            "/api/v1/exercises/",
            query={
                "code": code,
                "cursor": cursor,
                "equipment": equipment,
                "kind": kind,
                "language": language,
                "movement": movement,
                "ordering": ordering,
                "page_size": page_size,
                "position": position,
                "retired": retired,
                "search": search,
                "target": target,
            },
            headers={"If-None-Match": if_none_match},
        )

    def exercises_retrieve(
        self,
        id: str,
        *,
        language: Literal["ar", "en", "es", "zh-hans"] | None = None,
        if_none_match: str | None = None,
    ) -> Answer[Exercise]:
        """Read an exercise."""
        return self.send(
            "GET",
            f"/api/v1/exercises/{quote(id)}/",
            query={"language": language},
            headers={"If-None-Match": if_none_match},
        )

    def exercises_picture(
        self,
        id: str,
        sha256: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[bytes]:
        """Download a picture."""
        return self.send(
            "GET",
            f"/api/v1/exercises/{quote(id)}/pictures/{quote(sha256)}/",
            headers={"If-None-Match": if_none_match},
        )

    def findings_create(
        self,
        body: QuestionInput | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[Check]:
        """Ask for findings."""
        return self.send(
            "POST",
            "/api/v1/findings/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def follow_ups_list(
        self,
        *,
        cursor: str | None = None,
        kind: Literal["easy", "hurts", "pain", "sign", "silent"] | None = None,
        open: bool | None = None,
        ordering: Literal["raised_at", "-raised_at", "day", "-day"] | None = None,
        page_size: int | None = None,
        patient: str | None = None,
        plan: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[FollowUpPage]:
        """List follow-ups."""
        return self.send(
            "GET",
            "/api/v1/follow-ups/",
            query={
                "cursor": cursor,
                "kind": kind,
                "open": open,
                "ordering": ordering,
                "page_size": page_size,
                "patient": patient,
                "plan": plan,
            },
            headers={"If-None-Match": if_none_match},
        )

    def follow_ups_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[FollowUp]:
        """Read a follow-up."""
        return self.send(
            "GET",
            f"/api/v1/follow-ups/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def follow_ups_done(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[FollowUp]:
        """Be done with a follow-up."""
        return self.send(
            "POST",
            f"/api/v1/follow-ups/{quote(id)}/done/",
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def follow_ups_see(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[FollowUp]:
        """See a follow-up."""
        return self.send(
            "POST",
            f"/api/v1/follow-ups/{quote(id)}/see/",
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def keys_create(
        self,
        body: KeyInput,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[MadeKey]:
        """Add a key."""
        return self.send(
            "POST",
            "/api/v1/keys/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def keys_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Key]:
        """Read a key."""
        return self.send(
            "GET",
            f"/api/v1/keys/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def keys_destroy(
        self,
        id: str,
        *,
        if_match: str | None = None,
    ) -> Answer[None]:
        """Revoke a key."""
        return self.send(
            "DELETE",
            f"/api/v1/keys/{quote(id)}/",
            headers={"If-Match": if_match},
        )

    def leaflets_list(
        self,
        *,
        code: str | None = None,
        cursor: str | None = None,
        ordering: Literal["code", "-code"] | None = None,
        page_size: int | None = None,
        retired: bool | None = None,
        search: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[LeafletPage]:
        """List leaflets."""
        return self.send(
            "GET",
            "/api/v1/leaflets/",
            query={
                "code": code,
                "cursor": cursor,
                "ordering": ordering,
                "page_size": page_size,
                "retired": retired,
                "search": search,
            },
            headers={"If-None-Match": if_none_match},
        )

    def leaflets_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Leaflet]:
        """Read a leaflet."""
        return self.send(
            "GET",
            f"/api/v1/leaflets/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def library_protocols_list(
        self,
        *,
        code: str | None = None,
        cursor: str | None = None,
        ordering: Literal["code", "-code"] | None = None,
        page_size: int | None = None,
        search: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[LibraryProtocolPage]:
        """List protocols of the library."""
        return self.send(
            "GET",
            "/api/v1/library-protocols/",
            query={
                "code": code,
                "cursor": cursor,
                "ordering": ordering,
                "page_size": page_size,
                "search": search,
            },
            headers={"If-None-Match": if_none_match},
        )

    def library_protocols_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[LibraryProtocol]:
        """Read a protocol of the library."""
        return self.send(
            "GET",
            f"/api/v1/library-protocols/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def library_protocols_start_plan(
        self,
        id: str,
        body: StartPlanInput,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[Joined]:
        """Start a plan from a protocol."""
        return self.send(
            "POST",
            f"/api/v1/library-protocols/{quote(id)}/start-plan/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def links_list(
        self,
        *,
        cursor: str | None = None,
        ordering: Literal["created_at", "-created_at"] | None = None,
        page_size: int | None = None,
        plan: str | None = None,
        revoked: bool | None = None,
        if_none_match: str | None = None,
    ) -> Answer[LinkPage]:
        """List links."""
        return self.send(
            "GET",
            "/api/v1/links/",
            query={
                "cursor": cursor,
                "ordering": ordering,
                "page_size": page_size,
                "plan": plan,
                "revoked": revoked,
            },
            headers={"If-None-Match": if_none_match},
        )

    def links_create(
        self,
        body: LinkInput,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[Link]:
        """Make a link."""
        return self.send(
            "POST",
            "/api/v1/links/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def links_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Link]:
        """Read a link."""
        return self.send(
            "GET",
            f"/api/v1/links/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def links_destroy(
        self,
        id: str,
        *,
        if_match: str | None = None,
    ) -> Answer[None]:
        """Revoke a link."""
        return self.send(
            "DELETE",
            f"/api/v1/links/{quote(id)}/",
            headers={"If-Match": if_match},
        )

    def links_devices(
        self,
        id: str,
        *,
        cursor: str | None = None,
        page_size: int | None = None,
        if_none_match: str | None = None,
    ) -> Answer[DevicePage]:
        """List a link's devices."""
        return self.send(
            "GET",
            f"/api/v1/links/{quote(id)}/devices/",
            query={"cursor": cursor, "page_size": page_size},
            headers={"If-None-Match": if_none_match},
        )

    def links_end_devices(
        self,
        id: str,
        *,
        if_match: str | None = None,
    ) -> Answer[None]:
        """End a link's devices."""
        return self.send(
            "DELETE",
            f"/api/v1/links/{quote(id)}/devices/",
            headers={"If-Match": if_match},
        )

    def links_end_device(
        self,
        device: str,
        id: str,
        *,
        if_match: str | None = None,
    ) -> Answer[None]:
        """End a device."""
        return self.send(
            "DELETE",
            f"/api/v1/links/{quote(id)}/devices/{quote(device)}/",
            headers={"If-Match": if_match},
        )

    def links_openings(
        self,
        id: str,
        *,
        cursor: str | None = None,
        page_size: int | None = None,
        if_none_match: str | None = None,
    ) -> Answer[OpeningPage]:
        """List a link's openings."""
        return self.send(
            "GET",
            f"/api/v1/links/{quote(id)}/openings/",
            query={"cursor": cursor, "page_size": page_size},
            headers={"If-None-Match": if_none_match},
        )

    def mails_list(
        self,
        *,
        cursor: str | None = None,
        ordering: Literal["created_at", "-created_at"] | None = None,
        page_size: int | None = None,
        patient: str | None = None,
        plan: str | None = None,
        publication: str | None = None,
        state: Literal["bounced", "cancelled", "failed", "queued", "running", "sent", "unknown"]
        | None = None,
        if_none_match: str | None = None,
    ) -> Answer[MailPage]:
        """List mails."""
        return self.send(
            "GET",
            "/api/v1/mails/",
            query={
                "cursor": cursor,
                "ordering": ordering,
                "page_size": page_size,
                "patient": patient,
                "plan": plan,
                "publication": publication,
                "state": state,
            },
            headers={"If-None-Match": if_none_match},
        )

    def mails_create(
        self,
        body: MailInput,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[Mail]:
        """Send a link by mail."""
        return self.send(
            "POST",
            "/api/v1/mails/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def mails_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Mail]:
        """Read a mail."""
        return self.send(
            "GET",
            f"/api/v1/mails/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def mails_bounce(
        self,
        id: str,
        body: BounceInput | None = None,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[Mail]:
        """Report that a mail came back."""
        return self.send(
            "POST",
            f"/api/v1/mails/{quote(id)}/bounce/",
            body=body,
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def mails_withdraw_consent(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[Mail]:
        """Withdraw the consent to mails."""
        return self.send(
            "POST",
            f"/api/v1/mails/{quote(id)}/withdraw-consent/",
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def measures_list(
        self,
        *,
        code: str | None = None,
        cursor: str | None = None,
        ordering: Literal["code", "-code"] | None = None,
        page_size: int | None = None,
        retired: bool | None = None,
        search: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[MeasurePage]:
        """List measures."""
        return self.send(
            "GET",
            "/api/v1/measures/",
            query={
                "code": code,
                "cursor": cursor,
                "ordering": ordering,
                "page_size": page_size,
                "retired": retired,
                "search": search,
            },
            headers={"If-None-Match": if_none_match},
        )

    def measures_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Measure]:
        """Read a measure."""
        return self.send(
            "GET",
            f"/api/v1/measures/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def movements_list(
        self,
        *,
        code: str | None = None,
        cursor: str | None = None,
        ordering: Literal["code", "-code"] | None = None,
        page_size: int | None = None,
        search: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[MovementPage]:
        """List movements."""
        return self.send(
            "GET",
            "/api/v1/movements/",
            query={
                "code": code,
                "cursor": cursor,
                "ordering": ordering,
                "page_size": page_size,
                "search": search,
            },
            headers={"If-None-Match": if_none_match},
        )

    def movements_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Movement]:
        """Read a movement."""
        return self.send(
            "GET",
            f"/api/v1/movements/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def patients_list(
        self,
        *,
        birth_date: str | None = None,
        clinic: str | None = None,
        condition: str | None = None,
        cursor: str | None = None,
        external_id: str | None = None,
        ordering: Literal["name", "-name", "birth_date", "-birth_date"] | None = None,
        page_size: int | None = None,
        record_number: str | None = None,
        search: str | None = None,
        therapist: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[PatientPage]:
        """List patients."""
        return self.send(
            "GET",
            "/api/v1/patients/",
            query={
                "birth_date": birth_date,
                "clinic": clinic,
                "condition": condition,
                "cursor": cursor,
                "external_id": external_id,
                "ordering": ordering,
                "page_size": page_size,
                "record_number": record_number,
                "search": search,
                "therapist": therapist,
            },
            headers={"If-None-Match": if_none_match},
        )

    def patients_create(
        self,
        body: PatientInput,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[Patient]:
        """Add a patient."""
        return self.send(
            "POST",
            "/api/v1/patients/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def patients_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Patient]:
        """Read a patient."""
        return self.send(
            "GET",
            f"/api/v1/patients/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def patients_partial_update(
        self,
        id: str,
        body: PatientPatch | None = None,
        *,
        if_match: str | None = None,
    ) -> Answer[Patient]:
        """Change a patient."""
        return self.send(
            "PATCH",
            f"/api/v1/patients/{quote(id)}/",
            body=body,
            headers={"If-Match": if_match},
        )

    def patients_audit(
        self,
        id: str,
        *,
        cursor: str | None = None,
        page_size: int | None = None,
        if_none_match: str | None = None,
    ) -> Answer[EventPage]:
        """Read a patient's audit."""
        return self.send(
            "GET",
            f"/api/v1/patients/{quote(id)}/audit/",
            query={"cursor": cursor, "page_size": page_size},
            headers={"If-None-Match": if_none_match},
        )

    def patients_search_page(
        self,
        *,
        cursor: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[PatientPage]:
        """Follow a search."""
        return self.send(
            "GET",
            "/api/v1/patients/search/",
            query={"cursor": cursor},
            headers={"If-None-Match": if_none_match},
        )

    def patients_search(
        self,
        body: PatientSearchInput | None = None,
    ) -> Answer[PatientPage]:
        """Search patients."""
        return self.send(
            "POST",
            "/api/v1/patients/search/",
            body=body,
        )

    def plans_list(
        self,
        *,
        cursor: str | None = None,
        exercise: str | None = None,
        expand: str | None = None,
        external_id: str | None = None,
        ordering: Literal["changed_at", "-changed_at", "created_at", "-created_at", "title", "-title"]
        | None = None,
        page_size: int | None = None,
        patient: str | None = None,
        paused: bool | None = None,
        published: bool | None = None,
        review_before: str | None = None,
        search: str | None = None,
        stopped: bool | None = None,
        if_none_match: str | None = None,
    ) -> Answer[PlanPage]:
        """List plans."""
        return self.send(
            "GET",
            "/api/v1/plans/",
            query={
                "cursor": cursor,
                "exercise": exercise,
                "expand": expand,
                "external_id": external_id,
                "ordering": ordering,
                "page_size": page_size,
                "patient": patient,
                "paused": paused,
                "published": published,
                "review_before": review_before,
                "search": search,
                "stopped": stopped,
            },
            headers={"If-None-Match": if_none_match},
        )

    def plans_create(
        self,
        body: PlanInput,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[Plan]:
        """Add a plan."""
        return self.send(
            "POST",
            "/api/v1/plans/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def plans_retrieve(
        self,
        id: str,
        *,
        expand: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[Plan]:
        """Read a plan."""
        return self.send(
            "GET",
            f"/api/v1/plans/{quote(id)}/",
            query={"expand": expand},
            headers={"If-None-Match": if_none_match},
        )

    def plans_partial_update(
        self,
        id: str,
        body: PlanPatch | None = None,
        *,
        if_match: str | None = None,
    ) -> Answer[Plan]:
        """Change a plan."""
        return self.send(
            "PATCH",
            f"/api/v1/plans/{quote(id)}/",
            body=body,
            headers={"If-Match": if_match},
        )

    def plans_add_protocol(
        self,
        id: str,
        body: AddProtocolInput,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[Joined]:
        """Add a protocol to a plan."""
        return self.send(
            "POST",
            f"/api/v1/plans/{quote(id)}/add-protocol/",
            body=body,
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def plans_copy(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[Plan]:
        """Copy a plan."""
        return self.send(
            "POST",
            f"/api/v1/plans/{quote(id)}/copy/",
            headers={"Idempotency-Key": idempotency_key},
        )

    def plans_findings(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Check]:
        """Read a plan's findings."""
        return self.send(
            "GET",
            f"/api/v1/plans/{quote(id)}/findings/",
            headers={"If-None-Match": if_none_match},
        )

    def plans_intention(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Intention]:
        """Read a patient's goal."""
        return self.send(
            "GET",
            f"/api/v1/plans/{quote(id)}/intention/",
            headers={"If-None-Match": if_none_match},
        )

    def plans_replace_items(
        self,
        id: str,
        body: ItemsInput,
        *,
        if_match: str | None = None,
    ) -> Answer[Plan]:
        """Replace all items."""
        return self.send(
            "PUT",
            f"/api/v1/plans/{quote(id)}/items/",
            body=body,
            headers={"If-Match": if_match},
        )

    def plans_log(
        self,
        id: str,
        *,
        cursor: str | None = None,
        from_day: str | None = None,
        page_size: int | None = None,
        to_day: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[LogEntryPage]:
        """Read a plan's log."""
        return self.send(
            "GET",
            f"/api/v1/plans/{quote(id)}/log/",
            query={"cursor": cursor, "from_day": from_day, "page_size": page_size, "to_day": to_day},
            headers={"If-None-Match": if_none_match},
        )

    def plans_add_to_log(
        self,
        id: str,
        body: LogEntryInput,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[LogEntry]:
        """Tell of an exercise."""
        return self.send(
            "POST",
            f"/api/v1/plans/{quote(id)}/log/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def plans_log_days(
        self,
        id: str,
        *,
        cursor: str | None = None,
        from_day: str | None = None,
        page_size: int | None = None,
        to_day: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[DayEntryPage]:
        """Read the days of a plan's log."""
        return self.send(
            "GET",
            f"/api/v1/plans/{quote(id)}/log-days/",
            query={"cursor": cursor, "from_day": from_day, "page_size": page_size, "to_day": to_day},
            headers={"If-None-Match": if_none_match},
        )

    def plans_add_to_log_days(
        self,
        id: str,
        body: DayEntryInput,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[DayEntry]:
        """Tell of a day."""
        return self.send(
            "POST",
            f"/api/v1/plans/{quote(id)}/log-days/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def plans_measures(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[PlanMeasures]:
        """Read a plan's measures."""
        return self.send(
            "GET",
            f"/api/v1/plans/{quote(id)}/measures/",
            headers={"If-None-Match": if_none_match},
        )

    def plans_tell_measures(
        self,
        id: str,
        body: MeasureInput,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[PlanMeasures]:
        """Tell a measure."""
        return self.send(
            "POST",
            f"/api/v1/plans/{quote(id)}/measures/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def plans_next_phase(
        self,
        id: str,
        body: NextPhaseInput,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[Joined]:
        """Go on to the next phase."""
        return self.send(
            "POST",
            f"/api/v1/plans/{quote(id)}/next-phase/",
            body=body,
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def plans_order_by_position(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[Plan]:
        """Order items by position."""
        return self.send(
            "POST",
            f"/api/v1/plans/{quote(id)}/order-by-position/",
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def plans_pause(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[Plan]:
        """Pause a plan."""
        return self.send(
            "POST",
            f"/api/v1/plans/{quote(id)}/pause/",
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def plans_prepare(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[Prepared]:
        """Prepare to publish."""
        return self.send(
            "POST",
            f"/api/v1/plans/{quote(id)}/prepare/",
            headers={"Idempotency-Key": idempotency_key},
        )

    def plans_publish(
        self,
        id: str,
        body: PublishInput | None = None,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[Publication]:
        """Publish a plan."""
        return self.send(
            "POST",
            f"/api/v1/plans/{quote(id)}/publish/",
            body=body,
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def plans_reasons(
        self,
        id: str,
        body: ReasonsInput,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[Check]:
        """Give reasons."""
        return self.send(
            "POST",
            f"/api/v1/plans/{quote(id)}/reasons/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def plans_reminders(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Reminders]:
        """Read a plan's reminders."""
        return self.send(
            "GET",
            f"/api/v1/plans/{quote(id)}/reminders/",
            headers={"If-None-Match": if_none_match},
        )

    def plans_set_reminders(
        self,
        id: str,
        body: RemindersInput,
        *,
        if_match: str | None = None,
    ) -> Answer[Reminders]:
        """Switch a plan's reminders."""
        return self.send(
            "PUT",
            f"/api/v1/plans/{quote(id)}/reminders/",
            body=body,
            headers={"If-Match": if_match},
        )

    def plans_renew(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[Plan]:
        """Take the newest approved revisions."""
        return self.send(
            "POST",
            f"/api/v1/plans/{quote(id)}/renew/",
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def plans_undo_renew(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[Plan]:
        """Take the newest revisions back."""
        return self.send(
            "POST",
            f"/api/v1/plans/{quote(id)}/renew/undo/",
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def plans_resume(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[Plan]:
        """Resume a plan."""
        return self.send(
            "POST",
            f"/api/v1/plans/{quote(id)}/resume/",
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def plans_save_as_protocol(
        self,
        id: str,
        body: SaveAsProtocolInput,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[Protocol]:
        """Save a plan as a protocol."""
        return self.send(
            "POST",
            f"/api/v1/plans/{quote(id)}/save-as-protocol/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def plans_scores(
        self,
        id: str,
        *,
        cursor: str | None = None,
        page_size: int | None = None,
        if_none_match: str | None = None,
    ) -> Answer[ScorePage]:
        """List a plan's scores."""
        return self.send(
            "GET",
            f"/api/v1/plans/{quote(id)}/scores/",
            query={"cursor": cursor, "page_size": page_size},
            headers={"If-None-Match": if_none_match},
        )

    def plans_stop(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[Plan]:
        """End a plan today."""
        return self.send(
            "POST",
            f"/api/v1/plans/{quote(id)}/stop/",
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def plans_take_back_reasons(
        self,
        id: str,
        body: TakeBackInput,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[Check]:
        """Take reasons back."""
        return self.send(
            "POST",
            f"/api/v1/plans/{quote(id)}/take-back-reasons/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def plans_search_page(
        self,
        *,
        cursor: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[PlanPage]:
        """Follow a search."""
        return self.send(
            "GET",
            "/api/v1/plans/search/",
            query={"cursor": cursor},
            headers={"If-None-Match": if_none_match},
        )

    def plans_search(
        self,
        body: PlanSearchInput | None = None,
        *,
        expand: str | None = None,
    ) -> Answer[PlanPage]:
        """Search plans."""
        return self.send(
            "POST",
            "/api/v1/plans/search/",
            query={"expand": expand},
            body=body,
        )

    def protocols_list(
        self,
        *,
        clinic: str | None = None,
        condition: str | None = None,
        cursor: str | None = None,
        exercise: str | None = None,
        expand: str | None = None,
        external_id: str | None = None,
        ordering: Literal["title", "-title", "created_at", "-created_at", "changed_at", "-changed_at"]
        | None = None,
        page_size: int | None = None,
        retired: bool | None = None,
        search: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[ProtocolPage]:
        """List protocols."""
        return self.send(
            "GET",
            "/api/v1/protocols/",
            query={
                "clinic": clinic,
                "condition": condition,
                "cursor": cursor,
                "exercise": exercise,
                "expand": expand,
                "external_id": external_id,
                "ordering": ordering,
                "page_size": page_size,
                "retired": retired,
                "search": search,
            },
            headers={"If-None-Match": if_none_match},
        )

    def protocols_create(
        self,
        body: ProtocolInput,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[Protocol]:
        """Add a protocol."""
        return self.send(
            "POST",
            "/api/v1/protocols/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def protocols_retrieve(
        self,
        id: str,
        *,
        expand: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[Protocol]:
        """Read a protocol."""
        return self.send(
            "GET",
            f"/api/v1/protocols/{quote(id)}/",
            query={"expand": expand},
            headers={"If-None-Match": if_none_match},
        )

    def protocols_partial_update(
        self,
        id: str,
        body: ProtocolPatch | None = None,
        *,
        if_match: str | None = None,
    ) -> Answer[Protocol]:
        """Change a protocol."""
        return self.send(
            "PATCH",
            f"/api/v1/protocols/{quote(id)}/",
            body=body,
            headers={"If-Match": if_match},
        )

    def protocols_restore(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[Protocol]:
        """Use a retired protocol again."""
        return self.send(
            "POST",
            f"/api/v1/protocols/{quote(id)}/restore/",
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def protocols_retire(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[Protocol]:
        """Retire a protocol."""
        return self.send(
            "POST",
            f"/api/v1/protocols/{quote(id)}/retire/",
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def protocols_start_plan(
        self,
        id: str,
        body: StartPlanInput,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[Joined]:
        """Start a plan from a protocol."""
        return self.send(
            "POST",
            f"/api/v1/protocols/{quote(id)}/start-plan/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def publications_list(
        self,
        *,
        cursor: str | None = None,
        issued_after: str | None = None,
        ordering: Literal["published_at", "-published_at"] | None = None,
        page_size: int | None = None,
        patient: str | None = None,
        plan: str | None = None,
        sheet_code: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[PublicationPage]:
        """List publications."""
        return self.send(
            "GET",
            "/api/v1/publications/",
            query={
                "cursor": cursor,
                "issued_after": issued_after,
                "ordering": ordering,
                "page_size": page_size,
                "patient": patient,
                "plan": plan,
                "sheet_code": sheet_code,
            },
            headers={"If-None-Match": if_none_match},
        )

    def publications_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Publication]:
        """Read a publication."""
        return self.send(
            "GET",
            f"/api/v1/publications/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def publications_pdf(
        self,
        id: str,
        *,
        format: Literal[
            "clinician-a4-large-colour",
            "clinician-a4-large-grey",
            "clinician-a4-normal-colour",
            "clinician-a4-normal-grey",
            "clinician-letter-large-colour",
            "clinician-letter-large-grey",
            "clinician-letter-normal-colour",
            "clinician-letter-normal-grey",
            "patient-a4-large-colour",
            "patient-a4-large-grey",
            "patient-a4-normal-colour",
            "patient-a4-normal-grey",
            "patient-letter-large-colour",
            "patient-letter-large-grey",
            "patient-letter-normal-colour",
            "patient-letter-normal-grey",
            "summary-a4-large-colour",
            "summary-a4-large-grey",
            "summary-a4-normal-colour",
            "summary-a4-normal-grey",
            "summary-letter-large-colour",
            "summary-letter-large-grey",
            "summary-letter-normal-colour",
            "summary-letter-normal-grey",
        ]
        | None = None,
        paused: Literal["include"] | None = None,
        if_none_match: str | None = None,
    ) -> Answer[Rendering]:
        """Go to a publication's PDF."""
        return self.send(
            "GET",
            f"/api/v1/publications/{quote(id)}/pdf/",
            query={"format": format, "paused": paused},
            headers={"If-None-Match": if_none_match},
        )

    def publications_record(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[RecordText]:
        """Read a publication as text for the record."""
        return self.send(
            "GET",
            f"/api/v1/publications/{quote(id)}/record/",
            headers={"If-None-Match": if_none_match},
        )

    def publications_renderings(
        self,
        id: str,
        body: FormatsInput,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[Publication]:
        """Ask for further formats."""
        return self.send(
            "POST",
            f"/api/v1/publications/{quote(id)}/renderings/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def publications_taught_back(
        self,
        id: str,
        body: TeachingInput | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[Publication]:
        """Record that it was shown and taught back."""
        return self.send(
            "POST",
            f"/api/v1/publications/{quote(id)}/taught-back/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def publications_take_back(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[Publication]:
        """Take back that it was shown and taught back."""
        return self.send(
            "POST",
            f"/api/v1/publications/{quote(id)}/taught-back/undo/",
            headers={"Idempotency-Key": idempotency_key},
        )

    def reminders_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Reminder]:
        """Read a reminder."""
        return self.send(
            "GET",
            f"/api/v1/reminders/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def reminders_bounce(
        self,
        id: str,
        body: BounceInput | None = None,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[Reminder]:
        """Report that a reminder came back."""
        return self.send(
            "POST",
            f"/api/v1/reminders/{quote(id)}/bounce/",
            body=body,
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def renderings_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Rendering]:
        """Read a rendering's state."""
        return self.send(
            "GET",
            f"/api/v1/renderings/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def renderings_pdf(
        self,
        id: str,
        *,
        paused: Literal["include"] | None = None,
        if_none_match: str | None = None,
    ) -> Answer[bytes | Rendering]:
        """Download a PDF."""
        return self.send(
            "GET",
            f"/api/v1/renderings/{quote(id)}/pdf/",
            query={"paused": paused},
            headers={"If-None-Match": if_none_match},
        )

    def reviews_list(
        self,
        *,
        closed: bool | None = None,
        cursor: str | None = None,
        ordering: Literal["found_at", "-found_at"] | None = None,
        page_size: int | None = None,
        plan: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[ReviewPage]:
        """List reviews."""
        return self.send(
            "GET",
            "/api/v1/reviews/",
            query={
                "closed": closed,
                "cursor": cursor,
                "ordering": ordering,
                "page_size": page_size,
                "plan": plan,
            },
            headers={"If-None-Match": if_none_match},
        )

    def reviews_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Review]:
        """Read a review."""
        return self.send(
            "GET",
            f"/api/v1/reviews/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def reviews_close(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[Review]:
        """Close a review."""
        return self.send(
            "POST",
            f"/api/v1/reviews/{quote(id)}/close/",
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def rules_list(
        self,
        *,
        code: str | None = None,
        condition: str | None = None,
        cursor: str | None = None,
        ordering: Literal["code", "-code"] | None = None,
        page_size: int | None = None,
        retired: bool | None = None,
        search: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[RulePage]:
        """List rules."""
        return self.send(
            "GET",
            "/api/v1/rules/",
            query={
                "code": code,
                "condition": condition,
                "cursor": cursor,
                "ordering": ordering,
                "page_size": page_size,
                "retired": retired,
                "search": search,
            },
            headers={"If-None-Match": if_none_match},
        )

    def rules_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Rule]:
        """Read a rule."""
        return self.send(
            "GET",
            f"/api/v1/rules/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def service_list(
        self,
        *,
        cursor: str | None = None,
        page_size: int | None = None,
        if_none_match: str | None = None,
    ) -> Answer[Service]:
        """Read about the service."""
        return self.send(
            "GET",
            "/api/v1/service/",
            query={"cursor": cursor, "page_size": page_size},
            headers={"If-None-Match": if_none_match},
        )

    def symptoms_list(
        self,
        *,
        code: str | None = None,
        cursor: str | None = None,
        ordering: Literal["code", "-code"] | None = None,
        page_size: int | None = None,
        retired: bool | None = None,
        search: str | None = None,
        if_none_match: str | None = None,
    ) -> Answer[SymptomPage]:
        """List symptoms."""
        return self.send(
            "GET",
            "/api/v1/symptoms/",
            query={
                "code": code,
                "cursor": cursor,
                "ordering": ordering,
                "page_size": page_size,
                "retired": retired,
                "search": search,
            },
            headers={"If-None-Match": if_none_match},
        )

    def symptoms_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Symptom]:
        """Read a symptom."""
        return self.send(
            "GET",
            f"/api/v1/symptoms/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def systems_list(
        self,
        *,
        cursor: str | None = None,
        ordering: Literal["created_at", "-created_at"] | None = None,
        page_size: int | None = None,
        if_none_match: str | None = None,
    ) -> Answer[SystemPage]:
        """List systems."""
        return self.send(
            "GET",
            "/api/v1/systems/",
            query={"cursor": cursor, "ordering": ordering, "page_size": page_size},
            headers={"If-None-Match": if_none_match},
        )

    def systems_create(
        self,
        body: SystemInput,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[System]:
        """Add a system."""
        return self.send(
            "POST",
            "/api/v1/systems/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def systems_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[System]:
        """Read a system."""
        return self.send(
            "GET",
            f"/api/v1/systems/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def systems_destroy(
        self,
        id: str,
        *,
        if_match: str | None = None,
    ) -> Answer[None]:
        """End a system."""
        return self.send(
            "DELETE",
            f"/api/v1/systems/{quote(id)}/",
            headers={"If-Match": if_match},
        )

    def webhooks_list(
        self,
        *,
        cursor: str | None = None,
        ordering: Literal["created_at", "-created_at"] | None = None,
        page_size: int | None = None,
        if_none_match: str | None = None,
    ) -> Answer[WebhookPage]:
        """List webhooks."""
        return self.send(
            "GET",
            "/api/v1/webhooks/",
            query={"cursor": cursor, "ordering": ordering, "page_size": page_size},
            headers={"If-None-Match": if_none_match},
        )

    def webhooks_create(
        self,
        body: WebhookInput,
        *,
        idempotency_key: str | None = None,
    ) -> Answer[MadeWebhook]:
        """Add a webhook."""
        return self.send(
            "POST",
            "/api/v1/webhooks/",
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def webhooks_retrieve(
        self,
        id: str,
        *,
        if_none_match: str | None = None,
    ) -> Answer[Webhook]:
        """Read a webhook."""
        return self.send(
            "GET",
            f"/api/v1/webhooks/{quote(id)}/",
            headers={"If-None-Match": if_none_match},
        )

    def webhooks_partial_update(
        self,
        id: str,
        body: WebhookPatch | None = None,
        *,
        if_match: str | None = None,
    ) -> Answer[Webhook]:
        """Change a webhook."""
        return self.send(
            "PATCH",
            f"/api/v1/webhooks/{quote(id)}/",
            body=body,
            headers={"If-Match": if_match},
        )

    def webhooks_destroy(
        self,
        id: str,
        *,
        if_match: str | None = None,
    ) -> Answer[None]:
        """Remove a webhook."""
        return self.send(
            "DELETE",
            f"/api/v1/webhooks/{quote(id)}/",
            headers={"If-Match": if_match},
        )

    def webhooks_renew_secret(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[MadeWebhook]:
        """Give a new secret."""
        return self.send(
            "POST",
            f"/api/v1/webhooks/{quote(id)}/renew-secret/",
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )

    def webhooks_resume(
        self,
        id: str,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Answer[Webhook]:
        """Resume a paused webhook."""
        return self.send(
            "POST",
            f"/api/v1/webhooks/{quote(id)}/resume/",
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
        )
