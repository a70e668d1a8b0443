"""Simple self-attention is what its formula says, at the cost it promises."""

import torch

from linepaint.networks.attention import SimpleSelfAttention


def test_it_starts_as_the_identity() -> None:
    x = torch.randn(2, 6, 5, 7)
    assert torch.equal(SimpleSelfAttention(6)(x), x)


def test_it_is_the_product_in_the_order_of_the_formula() -> None:
    """x (xᵀ W x), with the matrix of every place against every other written out."""
    attention = SimpleSelfAttention(6)
    torch.nn.init.constant_(attention.gamma, 0.5)
    x = torch.randn(2, 6, 5, 7)
    places = x.flatten(2)
    mixed = attention.mix.weight[:, :, 0, 0] @ places
    every_place_to_every_other = places.transpose(1, 2) @ mixed
    seen = places @ every_place_to_every_other / 35
    assert torch.allclose(attention(x), x + 0.5 * seen.view_as(x), atol=1e-5)


def test_a_larger_page_of_the_same_gets_the_same() -> None:
    attention = SimpleSelfAttention(4)
    torch.nn.init.ones_(attention.gamma)
    tile = torch.randn(1, 4, 8, 8)
    assert torch.allclose(attention(tile.repeat(1, 1, 3, 3))[..., :8, :8], attention(tile), atol=1e-4)


def test_one_place_hears_of_all_others() -> None:
    attention = SimpleSelfAttention(4)
    torch.nn.init.ones_(attention.gamma)
    x = torch.randn(1, 4, 6, 6, requires_grad=True)
    attention(x)[0, :, 0, 0].sum().backward()
    assert x.grad is not None and (x.grad != 0).all()


def test_a_large_page_needs_no_matrix_of_places_against_places() -> None:
    """At 1024 × 1024 that one alone would be 4 TiB."""
    with torch.no_grad():
        assert SimpleSelfAttention(2)(torch.zeros(1, 2, 1024, 1024)).shape == (1, 2, 1024, 1024)
