-- The office whose letter it is: an answer goes to its address, which is looked up when the letter is sent.
alter table region.letters add column office text;
