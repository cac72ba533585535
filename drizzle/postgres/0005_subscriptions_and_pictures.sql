CREATE TABLE "pictures" (
	"hash" text collate "C" PRIMARY KEY NOT NULL,
	"file_id" text NOT NULL,
	"about" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"by" text NOT NULL,
	"channel" text,
	"weekday" text NOT NULL,
	"time" text NOT NULL,
	"timezone" text NOT NULL,
	"filter" text NOT NULL,
	"match" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "pictures_at" ON "pictures" USING btree ("at");--> statement-breakpoint
CREATE INDEX "subscriptions_by" ON "subscriptions" USING btree ("by");