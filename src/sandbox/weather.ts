import type { Failure, Weather, Workspace } from './workspace.ts';

export type Outages = {
  set(weather: Weather): void;
  /** The failure that this call meets: one that was announced, counted down, else the outage; undefined on a fine day. */
  next(method: string): Failure | undefined;
  /** Seconds to wait before this post is allowed, 0 when it is now. */
  throttle(channel: string): number;
  latencyMs(): number;
  current(): ReturnType<Workspace['weather']>;
};

export function createOutages(now: () => number): Outages {
  let failures: Failure[] = [];
  let perSecond: number | undefined;
  let latencyMs = 0;
  let outage: NonNullable<Weather['outage']> | undefined;
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    set(weather) {
      if (weather.rateLimit !== undefined) {
        perSecond = weather.rateLimit?.perChannelPerSecond;
        buckets.clear();
      }
      if (weather.outage !== undefined) outage = weather.outage ?? undefined;
      if (weather.latencyMs !== undefined) latencyMs = weather.latencyMs;
      if (Array.isArray(weather.failNext)) failures = weather.failNext.map((failure) => ({ ...failure }));
      else if (weather.failNext) failures.push({ ...weather.failNext });
    },
    next(method) {
      const failure = failures.find((each) => each.method === method || each.method === '*');
      if (!failure) return outage && { method: '*', times: Number.POSITIVE_INFINITY, ...outage };
      failure.times -= 1;
      if (failure.times <= 0) failures = failures.filter((each) => each !== failure);
      return failure;
    },
    throttle(channel) {
      if (perSecond === undefined) return 0;
      const burst = Math.max(1, perSecond);
      const bucket = buckets.get(channel) ?? { tokens: burst, at: now() };
      bucket.tokens = Math.min(burst, bucket.tokens + ((now() - bucket.at) / 1000) * perSecond);
      bucket.at = now();
      buckets.set(channel, bucket);
      if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return 0;
      }
      return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
    },
    latencyMs: () => latencyMs,
    current: () => ({ outage: outage ?? null, latencyMs, rateLimit: perSecond === undefined ? null : { perChannelPerSecond: perSecond } }),
  };
}
