"""Two people change one thing: what the merge keeps."""

from hypothesis import given
from hypothesis import strategies as st

from web.merging import three_way

values = st.one_of(
    st.sampled_from(["", "a", "b", "c"]),
    st.booleans(),
    st.lists(st.sampled_from("xyz"), unique=True),
)
facts = st.fixed_dictionaries(
    {
        "one": st.sampled_from(["", "a", "b", "c"]),
        "many": st.lists(st.sampled_from("xyz"), unique=True),
    }
)


@given(facts, facts)
def test_what_only_one_side_changed_wins(was, changed):
    same = {"one": changed["one"], "many": sorted(changed["many"])}
    for mine, theirs in ((was, changed), (changed, was)):
        merged, clashes = three_way(was, mine, theirs)
        assert clashes == []
        assert {"one": merged["one"], "many": sorted(merged["many"])} == same


@given(facts, facts, facts)
def test_nothing_is_lost_and_nothing_comes_from_nowhere(was, mine, theirs):
    merged, clashes = three_way(was, mine, theirs)
    both = len({was["one"], mine["one"], theirs["one"]}) == 3
    assert clashes == (["one"] if both else [])
    assert merged["one"] in (mine["one"], theirs["one"])
    many = set(merged["many"])
    added = (set(mine["many"]) | set(theirs["many"])) - set(was["many"])
    kept = set(was["many"]) & set(mine["many"]) & set(theirs["many"])
    assert many == added | kept
    assert len(many) == len(merged["many"])


@given(values, values)
def test_without_the_opened_one_every_difference_is_a_clash(mine, theirs):
    _, clashes = three_way({}, {"f": mine}, {"f": theirs})
    alike = (
        sorted(mine) == sorted(theirs)
        if isinstance(mine, list) and isinstance(theirs, list)
        else (mine or "") == (theirs or "")
    )
    assert clashes == ([] if alike else ["f"])
