import { startAsked } from './process.ts';
import { programOf, webhookPath, loadCore } from './bench.ts';
import { startBot } from './bot.ts';
import { newSecret } from './signing.ts';
import type { SlackApi } from './processes/slack.ts';
import type { LoadApi } from './processes/load.ts';
const [db='', acc='5000', n='10000']=process.argv.slice(2);
const secret=newSecret();
const slack=startAsked<SlackApi>(programOf('slack'),{core:loadCore}); const load=startAsked<LoadApi>(programOf('load'),{core:loadCore});
const bot=await startBot({database:db,secret,slack:{...await slack.ask('environment',undefined as never), ...(process.env.PROF?{NODE_OPTIONS:'--cpu-prof --cpu-prof-dir='+process.env.PROF}:{})}});
console.log('ready', bot.readyMs.toFixed(0),'rss',bot.residentMiB().toFixed(0));
const target={port:bot.port,path:webhookPath,secret}; const mix={what:'touchpoints',first:0,accounts:Number(acc)} as const;
for (const N of [Number(n)/5, Number(n)]) {
const c0=await bot.cpuMicroseconds(); const t0=performance.now(); const p0=await bot.progress();
const f=await load.ask('flood',{target,mix,requests:N,connections:64,seconds:60});
const tFlood=performance.now()-t0;
let peak=bot.residentMiB();
for(;;){ const p=await bot.progress(); peak=Math.max(peak,bot.residentMiB()); if(p.applied-p0.applied>=f.completed&&p.pending===0) break; await new Promise(r=>setTimeout(r,20)); }
const t=performance.now()-t0; const c=await bot.cpuMicroseconds()-c0;
console.log(JSON.stringify(f.statuses),'flood',(f.completed/f.seconds).toFixed(0),'/s; processed',(N/(t-tFlood+f.seconds*1000)*1000).toFixed(0),'/s;',(c/N).toFixed(0),'µs cpu; peak rss',peak.toFixed(0));
}
console.log(bot.output()); await bot.stop(); await load.stop(); await slack.stop();
