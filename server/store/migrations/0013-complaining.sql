-- Whoever complains without an account shows by a one-time code that the phone on the order is theirs.

alter table one_time_code drop constraint one_time_code_purpose_check;
alter table one_time_code add constraint one_time_code_purpose_check check (purpose in ('sign-in', 'confirm-link', 'complain'));
