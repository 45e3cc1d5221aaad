"""Whether an answer survives every reasonable choice: of rules, evidence, dates and sources.

`questions` are what can be asked, `choices` what can be chosen. `spreads` give what the dates leave
of one country, `joint_answers` what they leave of all together, and `survey` goes over the
universes. A *universe* is one combination of choices, with one reading of the uncertain dates.
"""
