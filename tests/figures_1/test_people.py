from plans.figures_1.camera import Camera
from plans.figures_1.people import draw_person
from plans.figures_1.poses import ArmPose, Pose
from plans.figures_1.readposes import positions
from plans.figures_1.skeleton import solve


def drawn(body, camera, **order):
    pose = Pose(**positions()["standing"] | {"right_arm": ArmPose(upper=(-90, 0), fore=(-90, 0))})
    return [path.fill for path in draw_person(solve(pose, body), body, camera, **order)]


def test_the_far_side_is_darker_and_drawn_first(body):
    fills = drawn(body, Camera(0, 0))
    assert fills.index(body.skin.far) < fills.index(body.skin.near)
    assert body.shorts.far in fills


def test_from_the_front_no_limb_is_far(body):
    fills = drawn(body, Camera(90, 0))
    assert body.skin.far not in fills
    assert body.shirt.far not in fills


def test_the_order_can_be_overruled(body):
    plain = drawn(body, Camera(0, 0))
    behind = drawn(body, Camera(0, 0), behind=["right_arm"])
    in_front = drawn(body, Camera(0, 0), in_front=["left_arm"])
    assert sorted(map(str, plain)) == sorted(map(str, behind)) == sorted(map(str, in_front))
    assert plain != behind
    last_far_shirt = len(in_front) - 1 - in_front[::-1].index(body.shirt.far)
    assert last_far_shirt > in_front.index(body.skin.near)


def test_hair_shows_from_behind_and_the_face_from_the_front(body):
    def eyes(camera):
        pose = Pose(**positions()["standing"])
        paths = draw_person(solve(pose, body), body, camera)
        return sum(path.fill == "#16202a" and not path.stroke for path in paths)

    assert eyes(Camera(90, 0)) == 2
    assert eyes(Camera(0, 0)) == 1
    assert eyes(Camera(-90, 0)) == 0
