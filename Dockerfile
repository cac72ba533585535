# journey-bot in a container: Node 26 runs the TypeScript as it is, so there is nothing to build but the dependencies.
FROM node:26-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:26-slim
ENV NODE_ENV=production \
    DATABASE_URL=file:/data/journey.db \
    JOURNEY_CONFIG=/config/journey.yml
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY drizzle ./drizzle
COPY src ./src
# Holidays are worked out once a year and kept here.
RUN mkdir -p /data /config node_modules/.cache && chown node:node /data /config node_modules/.cache
USER node
VOLUME ["/data"]
EXPOSE 3000
# Finishes what is under way, within ten seconds.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=60", "src/journey.js", "start"]
