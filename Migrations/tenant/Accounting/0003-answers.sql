-- Who answers for the accounting case, beside who booked it (§ 11(1)(f) of act 563/1991); entries from before say the
-- latter alone.
alter table tenant.entries add column answered_by text;
-- Names as the code list of statements of the State Treasury has them (23 July 2025).
update tenant.accounts set name = 'Prodaný dlouhodobý nehmotný majetek'
where code = '552' and name = 'Zůstatková cena prodaného dlouhodobého nehmotného majetku';
update tenant.accounts set name = 'Prodaný dlouhodobý hmotný majetek'
where code = '553' and name = 'Zůstatková cena prodaného dlouhodobého hmotného majetku';
