-- Which newsletters are sample content, so that one button removes it all.
create table sample_newsletter (
    newsletter uuid primary key
);
