"""Somebody with a phone, for whom nothing moves by itself."""

import visitor

PHONE = (360, 740)


class Visitor(visitor.Visitor):
    def __init__(self, profile, width=PHONE[0], height=PHONE[1]):
        super().__init__(profile, width, height)
        # What scrolls slowly is elsewhere when the finger comes down.
        self.media(prefers_reduced_motion="reduce")

    def media(self, **features):
        """What the person has asked of their device, such as prefers_color_scheme="dark"."""
        self.prefer(**{"prefers_reduced_motion": "reduce", **features})

    def stand_at(self, longitude, latitude, origin):
        self.stand(origin, longitude, latitude)

    def touch_at(self, x, y):
        self.click(x, y)
