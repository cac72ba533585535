CREATE TABLE `pictures` (
	`hash` text PRIMARY KEY NOT NULL,
	`file_id` text NOT NULL,
	`about` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `pictures_at` ON `pictures` (`at`);--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`id` text PRIMARY KEY NOT NULL,
	`by` text NOT NULL,
	`channel` text,
	`weekday` text NOT NULL,
	`time` text NOT NULL,
	`timezone` text NOT NULL,
	`filter` text NOT NULL,
	`match` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `subscriptions_by` ON `subscriptions` (`by`);