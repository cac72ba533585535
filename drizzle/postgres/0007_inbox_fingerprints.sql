DROP INDEX "inbox_key";--> statement-breakpoint
ALTER TABLE "inbox" ADD COLUMN "fingerprint" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
-- SQLite has no hashes: what came in before is told apart by its whole key. Repeated after the upgrade, it is known by its signals' ids.
UPDATE "inbox" SET "fingerprint" = "source" || ' ' || "key";--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_fingerprint" ON "inbox" USING btree ("fingerprint");