-- By which ids forms of another system know a newsletter: listmonk's list UUIDs.
create table newsletter.newsletter_alias (
    alias uuid primary key,
    newsletter uuid not null references newsletter.newsletter (id)
);
create index newsletter_alias_newsletter on newsletter.newsletter_alias (newsletter);
