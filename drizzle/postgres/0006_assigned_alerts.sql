ALTER TABLE "alerts" ADD COLUMN "assigned_to" text collate "C";--> statement-breakpoint
CREATE INDEX "alerts_assigned" ON "alerts" USING btree ("assigned_to") WHERE "alerts"."assigned_to" is not null;