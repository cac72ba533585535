ALTER TABLE `alerts` ADD `assigned_to` text;--> statement-breakpoint
CREATE INDEX `alerts_assigned` ON `alerts` (`assigned_to`) WHERE "alerts"."assigned_to" is not null;