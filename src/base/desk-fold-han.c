/* Forms of one Han character that people write for one another in names: old and new Japanese, traditional and
 * simplified Chinese. A search must find all of them by any; which one a person writes, the record keeps. */
#include "desk-fold-private.h"

/* The first of each group stands for all. */
static const char *const groups[]
    = { "辺邊邉边", "斎齋斉齊齐", "高髙", "崎﨑嵜碕", "吉𠮷", "国國", "沢澤泽", "浜濱濵滨", "広廣广", "桜櫻樱", "関關关",
        "竜龍龙", "滝瀧泷", "栄榮荣", "実實实", "条條", "証證证", "寿壽", "恵惠", "徳德", "真眞", "黒黑", "万萬", "与與",
        "会會", "伝傳传", "体體", "塩鹽盐", "学學", "宝寶寳", "宮宫", "島嶋嶌岛", "峰峯", "検檢检", "歩步", "気氣气",
        "渋澁涩", "渓溪", "円圓圆", "当當", "県縣县", "礼禮", "糸絲丝", "総總总", "縄繩绳", "芸藝艺", "茎莖", "荘莊庄",
        "蔵藏", "園薗园", "薮藪", "衛衞卫", "覚覺觉", "豊豐丰", "遠远", "鉄鐵铁", "銭錢钱", "鎌鐮镰", "静靜", "顕顯显",
        "館舘馆", "麦麥", "亀龜龟", "剣劍剑", "勲勳勋", "参參", "双雙", "巌巖岩", "弥彌", "弁辨辯瓣", "従從从", "応應应",
        "戸戶户", "旧舊", "暁曉晓", "来來", "梅楳", "槙槇", "横橫", "檜桧", "祢禰", "蛍螢萤", "観觀观", "読讀读",
        "訳譯译", "譲讓让", "賛贊赞", "郎郞", "郷鄕鄉乡", "霊靈灵", "頼賴赖", "髪髮", "黄黃", "凛凜", "尭堯",
        "遥遙", "瑶瑤", "晋晉", "曽曾", "将將", "奥奧", "岳嶽", "帯帶带", "庁廳厅", "昼晝", "楽樂乐", "様樣样",
        "権權权", "欧歐", "歳歲岁", "毎每", "渕淵渊", "済濟济", "湾灣", "為爲为", "焼燒烧", "独獨", "穂穗", "稲稻",
        "粛肅", "経經经", "継繼继", "緑綠绿", "続續续", "聡聰聪", "虫蟲", "謡謠", "変變变", "録錄录", "張张", "陳陈",
        "劉刘", "楊杨", "趙赵", "呉吴吳", "孫孙", "馬马", "盧卢", "葉叶", "鄭郑", "謝谢", "羅罗", "許许", "韓韩", "馮冯",
        "鄧邓", "蕭萧肖", "蘇苏", "呂吕", "蒋蔣", "賈贾", "鄒邹", "陸陆", "鐘钟鍾", "譚谭", "範范", "顧顾", "賀贺",
        "厳嚴严", "龔龚", "湯汤", "東东", "華华", "偉伟", "軍军", "麗丽", "蘭兰", "雲云", "紅红", "艶艷艳", "傑杰",
        "鳳凤", "寧宁甯", "慶庆", "義义", "濤涛", "強强", "貴贵", "鵬鹏", "賓宾", "飛飞", "鋒锋", "錦锦", "銘铭", "穎颖",
        "夢梦", "嵐岚", "韋韦", "閻閆闫阎", "聶聂", "顔顏颜", "温溫", "鈞钧", "愛爱", "詩诗", "語语", "風风", "長长",
        "門门", "間间", "貞贞", "財财", "賢贤", "資资", "達达", "進进", "連连", "運运", "選选", "釈釋释", "銀银",
        "鎮镇鎭", "陽阳", "陰阴", "順顺", "須须", "項项", "領领", "頌颂", "飯饭", "験驗验", "魚鱼", "魯鲁", "鮑鲍",
        "鳥鸟", "鴻鸿", "鶴鹤", "橋桥", "結结", "紀纪", "純纯", "維维", "絹绢", "緒绪", "綾绫", "織织", "論论",
        "誠诚", "謙谦", "諾诺", "輝辉", "軒轩", "鈴铃", "鋼钢", "開开", "潤润", "滿満满", "熱热", "児兒儿",
        "発發发", "画畫", "対對对", "専專专", "図圖图", "団團团", "単單单", "囲圍围", "壱壹", "声聲", "売賣卖" };

static gpointer
build (gpointer data)
{
  GHashTable *table = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      gunichar first = g_utf8_get_char (groups[i]);

      for (const char *p = g_utf8_next_char (groups[i]); *p; p = g_utf8_next_char (p))
        g_hash_table_insert (table, GUINT_TO_POINTER (g_utf8_get_char (p)), GUINT_TO_POINTER (first));
    }
  return table;
}

/* The character that stands for c in search words; c itself where it has no other forms. */
gunichar
desk_fold_han (gunichar c)
{
  static GOnce once = G_ONCE_INIT;
  GHashTable *table = g_once (&once, build, NULL);
  gpointer found = g_hash_table_lookup (table, GUINT_TO_POINTER (c));

  return found ? GPOINTER_TO_UINT (found) : c;
}

/* Lends the groups and tells how many, for tests. */
const char *const *
desk_fold_han_groups (guint *n_groups)
{
  *n_groups = G_N_ELEMENTS (groups);
  return groups;
}
