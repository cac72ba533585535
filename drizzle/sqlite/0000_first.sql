CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`gone_at` integer,
	`erased_at` integer,
	`state` text NOT NULL,
	`revision` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `alerts` (
	`id` text PRIMARY KEY NOT NULL,
	`identity` text NOT NULL,
	`journey_id` text NOT NULL,
	`rule` text NOT NULL,
	`rank` integer NOT NULL,
	`state` text NOT NULL,
	`episode` integer NOT NULL,
	`since` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`resolved_at` integer,
	`inhibited_by` text,
	`holds` integer NOT NULL,
	`relevant` integer NOT NULL,
	`alert` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alerts_open` ON `alerts` (`identity`) WHERE "alerts"."state" <> 'resolved';--> statement-breakpoint
CREATE INDEX `alerts_identity` ON `alerts` (`identity`,`episode`);--> statement-breakpoint
CREATE INDEX `alerts_journey` ON `alerts` (`journey_id`);--> statement-breakpoint
CREATE INDEX `alerts_worst` ON `alerts` (`rank`,`since`,`id`,`rule`,`journey_id`) WHERE "alerts"."state" <> 'resolved';--> statement-breakpoint
CREATE INDEX `alerts_opened` ON `alerts` (`opened_at`);--> statement-breakpoint
CREATE INDEX `alerts_resolved` ON `alerts` (`resolved_at`) WHERE "alerts"."resolved_at" is not null;--> statement-breakpoint
CREATE TABLE `aliases` (
	`kind` text NOT NULL,
	`from` text NOT NULL,
	`into` text NOT NULL,
	PRIMARY KEY(`kind`, `from`)
);
--> statement-breakpoint
CREATE INDEX `aliases_into` ON `aliases` (`kind`,`into`);--> statement-breakpoint
CREATE TABLE `audit` (
	`sequence` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`journey_id` text,
	`alert_id` text,
	`who` text NOT NULL,
	`what` text NOT NULL,
	`why` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_id` ON `audit` (`id`);--> statement-breakpoint
CREATE INDEX `audit_journey` ON `audit` (`journey_id`,`at`);--> statement-breakpoint
CREATE TABLE `cards` (
	`id` text PRIMARY KEY NOT NULL,
	`journey_id` text NOT NULL,
	`channel` text NOT NULL,
	`content` text NOT NULL,
	`fingerprint` text NOT NULL,
	`posted_channel_id` text,
	`posted_ts` text,
	`posted_at` integer,
	`posted_fingerprint` text,
	`first_posted_at` integer,
	`hold_by` text,
	`hold_since` integer,
	`hold_until` integer,
	`said_at` integer
);
--> statement-breakpoint
CREATE INDEX `cards_journey` ON `cards` (`journey_id`);--> statement-breakpoint
CREATE INDEX `cards_posted` ON `cards` (`posted_channel_id`,`posted_ts`) WHERE "cards"."posted_ts" is not null;--> statement-breakpoint
CREATE INDEX `cards_first_posted` ON `cards` (`channel`,`first_posted_at`) WHERE "cards"."first_posted_at" is not null;--> statement-breakpoint
CREATE INDEX `cards_held` ON `cards` (`hold_by`,`hold_since`) WHERE "cards"."hold_by" is not null;--> statement-breakpoint
CREATE TABLE `deal_people` (
	`deal_id` text NOT NULL,
	`person_id` text NOT NULL,
	PRIMARY KEY(`deal_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `deal_people_person` ON `deal_people` (`person_id`,`deal_id`);--> statement-breakpoint
CREATE TABLE `deals` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`account_id` text,
	`gone_at` integer,
	`erased_at` integer,
	`state` text NOT NULL,
	`revision` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `deals_account` ON `deals` (`account_id`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`sequence` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`channel` text NOT NULL,
	`kind` text NOT NULL,
	`key` text,
	`message` text NOT NULL,
	`due_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`state` text DEFAULT 'pending' NOT NULL,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`error` text,
	`failed_at` integer,
	`receipt_channel_id` text,
	`receipt_ts` text,
	`receipt_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_id` ON `deliveries` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_card` ON `deliveries` (`key`) WHERE "deliveries"."kind" = 'card' and "deliveries"."state" = 'pending' and "deliveries"."attempts" = 0;--> statement-breakpoint
CREATE INDEX `deliveries_pending` ON `deliveries` (`channel`,`due_at`,`lease_until`) WHERE "deliveries"."state" = 'pending';--> statement-breakpoint
CREATE INDEX `deliveries_pending_key` ON `deliveries` (`key`) WHERE "deliveries"."state" = 'pending';--> statement-breakpoint
CREATE INDEX `deliveries_receipt` ON `deliveries` (`key`,`kind`,`channel`) WHERE "deliveries"."receipt_ts" is not null;--> statement-breakpoint
CREATE INDEX `deliveries_settled` ON `deliveries` (`created_at`) WHERE "deliveries"."state" <> 'pending';--> statement-breakpoint
CREATE INDEX `deliveries_failed` ON `deliveries` (`failed_at`) WHERE "deliveries"."state" = 'failed';--> statement-breakpoint
CREATE TABLE `digests_sent` (
	`digest_id` text PRIMARY KEY NOT NULL,
	`scheduled_for` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `feeds` (
	`source` text PRIMARY KEY NOT NULL,
	`last_received_at` integer,
	`late_at` integer
);
--> statement-breakpoint
CREATE TABLE `inbox` (
	`id` integer PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`key` text NOT NULL,
	`body` text NOT NULL,
	`received_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`state` text DEFAULT 'pending' NOT NULL,
	`error` text,
	`settled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `inbox_key` ON `inbox` (`source`,`key`);--> statement-breakpoint
CREATE INDEX `inbox_pending` ON `inbox` (`source`,`due_at`,`received_at`) WHERE "inbox"."state" = 'pending';--> statement-breakpoint
CREATE INDEX `inbox_dead` ON `inbox` (`settled_at`) WHERE "inbox"."state" = 'dead';--> statement-breakpoint
CREATE INDEX `inbox_done` ON `inbox` (`settled_at`) WHERE "inbox"."state" = 'done';--> statement-breakpoint
CREATE TABLE `journeys` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`account_id` text,
	`deal_id` text,
	`map_key` text NOT NULL,
	`stage` text,
	`stage_entered_at` integer,
	`segments` text NOT NULL,
	`name` text NOT NULL,
	`owner_email` text,
	`amount` real,
	`currency` text,
	`url` text,
	`outcome` text NOT NULL,
	`outcome_at` integer,
	`source` text NOT NULL,
	`recheck_at` integer,
	`settling_since` integer,
	`evaluated_at` integer,
	`revision` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `journeys_account` ON `journeys` (`account_id`);--> statement-breakpoint
CREATE INDEX `journeys_recheck` ON `journeys` (`recheck_at`,`settling_since`) WHERE "journeys"."recheck_at" is not null;--> statement-breakpoint
CREATE INDEX `journeys_settling` ON `journeys` (`settling_since`) WHERE "journeys"."settling_since" is not null;--> statement-breakpoint
CREATE INDEX `journeys_outcome` ON `journeys` (`outcome_at`) WHERE "journeys"."outcome_at" is not null;--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `mutes` (
	`account_id` text PRIMARY KEY NOT NULL,
	`until` integer,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`account_id` text,
	`gone_at` integer,
	`erased_at` integer,
	`state` text NOT NULL,
	`revision` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `people_account` ON `people` (`account_id`);--> statement-breakpoint
CREATE TABLE `signals` (
	`sequence` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`subject` text NOT NULL,
	`person_id` text,
	`source` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `signals_subject` ON `signals` (`subject`,`id`);--> statement-breakpoint
CREATE INDEX `signals_person` ON `signals` (`person_id`) WHERE "signals"."person_id" is not null;--> statement-breakpoint
CREATE TABLE `stage_moves` (
	`journey_id` text NOT NULL,
	`at` integer NOT NULL,
	`from` text,
	`to` text NOT NULL,
	PRIMARY KEY(`journey_id`, `at`)
);
--> statement-breakpoint
CREATE INDEX `stage_moves_at` ON `stage_moves` (`at`);--> statement-breakpoint
CREATE TABLE `terms` (
	`kind` text NOT NULL,
	`term` text NOT NULL,
	`id` text NOT NULL,
	PRIMARY KEY(`kind`, `term`, `id`)
);
--> statement-breakpoint
CREATE INDEX `terms_id` ON `terms` (`kind`,`id`);--> statement-breakpoint
CREATE TABLE `unknown_values` (
	`source` text NOT NULL,
	`what` text NOT NULL,
	`value` text NOT NULL,
	`count` integer NOT NULL,
	`journey_id` text NOT NULL,
	`last_seen_at` integer NOT NULL,
	PRIMARY KEY(`source`, `what`, `value`)
);
