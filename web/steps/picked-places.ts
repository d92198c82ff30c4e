import { matchesOf, overlaps, type Picked } from "./picked.ts";

/** Where something happened: a street with its number, or what people name a place by. */
export function placesIn(text: string): Picked[] {
	const places: Picked[] = [];
	for (const pattern of [WHOLE, ADDRESS, LANDMARK, ENGLISH])
		for (const { found, from, groups } of matchesOf(text, pattern)) {
			const value = trimmed(groups[0] ?? found);
			const start = from + found.indexOf(value);
			const one: Picked = { kind: "place", value, from: start, to: start + value.length };
			if ([...value].length >= 3 && !places.some((other) => overlaps(one, other))) places.push(one);
		}
	return places.sort((a, b) => a.from - b.from);
}

/** Letters of a name of a place; little words that go before one are none. */
const NAME = "[\\p{Script=Han}A-Za-z0-9]";
const HOUSE =
	"(?:[\\dA-Za-z一二三四五六七八九十百]+(?:号|弄|巷|栋|幢|座|单元|楼|层|室|房|期|区|门|铺)(?:之[一二三四\\d])?)";
const ADDRESS = new RegExp(
	`((?:\\p{Script=Han}{2,8}?(?:省|自治区))?(?:\\p{Script=Han}{2,6}?(?:市|州|盟))?(?:\\p{Script=Han}{2,6}?(?:区|县|旗|镇|乡|街道))?${NAME}{2,10}?(?:大道|大街|公路|胡同|路|街|巷|弄|里)(?:${HOUSE}){1,4})`,
	"gu",
);
/** From province or city downwards, to the next pause: as an address is dictated. */
const WHOLE = new RegExp(
	`((?:\\p{Script=Han}{2,8}?(?:省|自治区))?\\s?(?:\\p{Script=Han}{2,6}?(?:市|州))\\s?(?:\\p{Script=Han}{2,6}?(?:区|县|市|旗))?\\s?(?:\\p{Script=Han}{2,6}?(?:街道|镇|乡))(?:${NAME}|-){0,25}|\\p{Script=Han}{2,4}?(?:区|县)\\p{Script=Han}{2,6}?(?:镇|乡|街道)(?:${NAME}|-){2,20})`,
	"gu",
);
const KINDS =
	"机场高速|高速公路|高速|机场|收费站|服务区|高铁站|火车站|地铁站|汽车站|公交站|加油站|客运站|航站楼|小区|花园|公寓|大厦|广场|写字楼|商场|购物中心|工业园|产业园|科技园|物流园|菜鸟驿站|驿站|快递柜|医院|学校|大学|酒店|宾馆|市场|仓库|停车场|立交桥|路口|隧道|出口";
const LANDMARK = new RegExp(
	`(?<=在|到|从|去|至|于|址是?|经过|位于|送往|^|[，。；,\\s])(${NAME}{2,12}?(?:${KINDS})(?:[A-Za-z]?\\d{0,2}(?:${KINDS}))?(?:[A-Za-z]?\\d*(?:号?出口|号?门|${HOUSE}|K\\d+公里|\\d+公里处?|入口|门口|附近))*)`,
	"gu",
);
const ENGLISH =
	/\b(?:at|on|near|in|outside|to|from)\s+((?:\d+\s+)?(?:the\s+)?[A-Z][\w'’-]*(?:\s+[A-Z0-9][\w'’-]*){0,4}\s+(?:Road|Street|Avenue|Lane|Airport|Station|Expressway|Highway|Terminal|Tower|Building|Plaza|Mall|Hospital|Hotel|Park|Square)(?:\s+\d+[A-Z]?)?)/g;

/** What a sentence puts before a place belongs to the sentence. */
const LEAD = /^(?:.*(?:在|到|从|去|至|于|往|送|发|停|放|扔|是|我|们|把|被|了|的|常|用|住|址|说|让|叫|等))/u;

function trimmed(found: string): string {
	const place = found.trim();
	const rest = place.replace(LEAD, "");
	return rest;
}
