-- A list of those in one state is read in this order; a state that few have, or nobody, costs no walk through all others.
create index subscription_by_state on subscription (newsletter, state, id);
