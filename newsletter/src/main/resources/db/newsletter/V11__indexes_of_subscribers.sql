-- A subscriber's page, and each erasure, asks for what was merged into it.
create index subscriber_by_absorbed on subscriber (absorbed_into);

-- Lists and the page that asks before sending count by these, without looking at the rows themselves.
create index subscription_counts on subscription (newsletter, merged_into, state, reason);
