"""Training and measuring of the models that read questions and judge clauses; nothing here runs in the
product."""
