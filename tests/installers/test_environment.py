"""What a bundle is frozen from: the pinned packages, in the variant that was asked for."""

from pathlib import Path

import pytest

from installers import environment
from installers.environment import pins, requirements, variant_named
from installers.errors import BuildError
from installers.variant import chosen_name


def test_every_requirement_is_pinned_exactly() -> None:
    wanted = requirements(variant_named("cpu"))
    assert wanted == sorted(wanted)
    assert all("==" in wish for wish in wanted)
    assert f"torch=={pins()['torch']}" in wanted
    assert f"pyinstaller=={pins()['pyinstaller']}" in wanted


def test_one_variable_chooses_the_variant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LINEPAINT_VARIANT", raising=False)
    for cuda, name in ((None, "cpu"), ("13.0", "cuda")):
        monkeypatch.setattr("torch.version.cuda", cuda)
        assert chosen_name() == name
    monkeypatch.setenv("LINEPAINT_VARIANT", "cuda")
    assert chosen_name() == "cuda"
    monkeypatch.setenv("LINEPAINT_VARIANT", "rocm")
    with pytest.raises(BuildError, match="must be cpu or cuda, not rocm"):
        chosen_name()


def test_variants_differ_in_torch_and_in_the_names_of_their_packages() -> None:
    cpu, cuda = variant_named("cpu"), variant_named("cuda")
    assert set(requirements(cpu)) ^ set(requirements(cuda)) == {cpu.torch, cuda.torch}
    assert (cpu.package, cuda.package) == ("linepaint", "linepaint-cuda")


def test_opencv_comes_without_its_windows() -> None:
    wanted = requirements(variant_named("cpu"))
    assert [wish.split("==")[0] for wish in wanted if wish.startswith("opencv")] == ["opencv-python-headless"]


def test_an_environment_is_made_once_and_others_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setenv("LINEPAINT_BUILD_CACHE", str(tmp_path))
    monkeypatch.setattr(environment, "_make", lambda folder, wanted: (folder.mkdir(), made.append(folder)))
    monkeypatch.setattr(environment, "_check_torch", lambda folder, variant: None)
    (tmp_path / "cpu-0000").mkdir()
    (tmp_path / "cuda-0000").mkdir()
    first = environment.provide_environment(variant_named("cpu"))
    assert environment.provide_environment(variant_named("cpu")) == first
    assert made == [first]
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == [first.name, "cuda-0000"]


@pytest.mark.parametrize(("variant", "cuda", "said"), [("cpu", "13.0", "for CUDA"), ("cuda", "", "without CUDA")])
def test_a_torch_of_the_other_variant_is_refused(
    variant: str, cuda: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINEPAINT_BUILD_CACHE", str(tmp_path))
    monkeypatch.setattr(environment, "_make", lambda folder, wanted: folder.mkdir())
    monkeypatch.setattr(environment, "run", lambda command: f"{cuda}\n")
    with pytest.raises(BuildError, match=said):
        environment.provide_environment(variant_named(variant))
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]
