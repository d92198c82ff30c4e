-- The latest cases of a trade and category: those that a case is compared with (store/similar.ts).
create index case_row_alike on case_row (company, pack, (categories[1]), received_at desc, id desc);
