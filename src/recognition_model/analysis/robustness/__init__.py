"""Whether an answer survives every reasonable choice: of rules, evidence, dates and sources.

`questions` are what can be asked, and `question_words` reads them. `choices` are what can be
chosen. `spreads` give what the dates leave of one country, `joint_answers` what they leave of all
together. `lanes` runs each country, `survey` goes over the universes, and `summary` adds them up. A
*universe* is one combination of choices, with one reading of the uncertain dates.
"""
