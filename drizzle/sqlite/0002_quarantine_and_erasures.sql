CREATE TABLE `erasures` (
	`sequence` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`ids` text NOT NULL,
	`names` text NOT NULL,
	`journeys` text NOT NULL,
	`at` integer NOT NULL,
	`rounds` integer DEFAULT 0 NOT NULL,
	`place` integer DEFAULT 0 NOT NULL,
	`after` text,
	`due_at` integer,
	`counts` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `erasures_due` ON `erasures` (`due_at`) WHERE "erasures"."due_at" is not null;--> statement-breakpoint
CREATE TABLE `said` (
	`sequence` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`channel` text NOT NULL,
	`message` text NOT NULL,
	`receipt_channel_id` text NOT NULL,
	`receipt_ts` text NOT NULL,
	`receipt_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `said_id` ON `said` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `said_receipt` ON `said` (`receipt_channel_id`,`receipt_ts`);--> statement-breakpoint
CREATE TABLE `unknown_records` (
	`source` text NOT NULL,
	`what` text NOT NULL,
	`value` text NOT NULL,
	`map_key` text NOT NULL,
	`record_id` text NOT NULL,
	PRIMARY KEY(`source`, `what`, `value`, `map_key`, `record_id`)
);
--> statement-breakpoint
CREATE INDEX `unknown_records_record` ON `unknown_records` (`record_id`);--> statement-breakpoint
CREATE TABLE `unknowns` (
	`source` text NOT NULL,
	`what` text NOT NULL,
	`value` text NOT NULL,
	`map_key` text NOT NULL,
	`count` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	PRIMARY KEY(`source`, `what`, `value`, `map_key`)
);
--> statement-breakpoint
INSERT INTO `unknown_records` (`source`, `what`, `value`, `map_key`, `record_id`)
SELECT `source`, `what`, `value`, CASE `what` WHEN 'stage' THEN coalesce((SELECT `map_key` FROM `journeys` WHERE `id` = `journey_id`), '') ELSE '' END, `journey_id` FROM `unknown_values`;
--> statement-breakpoint
INSERT INTO `unknowns` (`source`, `what`, `value`, `map_key`, `count`, `last_seen_at`)
SELECT `source`, `what`, `value`, CASE `what` WHEN 'stage' THEN coalesce((SELECT `map_key` FROM `journeys` WHERE `id` = `journey_id`), '') ELSE '' END, 1, `last_seen_at` FROM `unknown_values`;
--> statement-breakpoint
DROP TABLE `unknown_values`;