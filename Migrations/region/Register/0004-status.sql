-- What a municipality is (§§ 3 and 4 of act 128/2000): its name and that of its office follow from it.
-- Filled from RegionData by the migrator.
alter table region.offices
    add column status text not null default 'village' check (status in ('village', 'marketTown', 'town', 'statutoryCity'));
