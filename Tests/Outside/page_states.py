"""Every page as somebody meets it: the list that the proofs over all pages walk through.

Whoever makes a page adds its states: a name, and a function that brings a visitor there in a `World`. The proofs then look at
it in each light, at each width, at its controls, its words, its network and what it keeps."""

from dataclasses import dataclass
from typing import Callable

import states_desk
import states_embedding
import states_participating
import states_reading


@dataclass(frozen=True)
class State:
    name: str
    reach: Callable
    width: int = 360
    language: str = "fr"
    # Whether the page may keep a draft on the device; those that are only read keep nothing.
    keeps: bool = False
    # Whether somebody has signed in there: one cookie that no script sees, and nothing else.
    signed_in: bool = False
    scripts: bool = True
    media: str = ""
    # A status that a page of refusal bears, which a browser complains of.
    refused: bool = False
    # Whether it shows what people have written.
    bears_words: bool = True

    def __str__(self):
        return self.name


STATES = [State(**state) for state in (*states_reading.STATES, *states_participating.STATES, *states_desk.STATES, *states_embedding.STATES)]
assert len({state.name for state in STATES}) == len(STATES)
