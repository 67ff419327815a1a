#include "desk-letter-terms.h"

static const DeskLetterWord reactions[] = {
  { "Infusion related reaction", { "Infusion related reaction", "注入に伴う反応", "输液相关反应", "輸注相關反應", "주입 관련 반응", "تفاعل مرتبط بالتسريب", "инфузионная реакция", "Phản ứng liên quan đến truyền" } },
  { "Chills", { "Chills", "悪寒", "寒战", "寒顫", "오한", "قشعريرة", "озноб", "Ớn lạnh" } },
  { "Fever", { "Fever", "発熱", "发热", "發燒", "발열", "حمى", "лихорадка", "Sốt" } },
  { "Allergic reaction", { "Allergic reaction", "アレルギー反応", "过敏反应", "過敏反應", "알레르기 반응", "تفاعل تحسسي", "аллергическая реакция", "Phản ứng dị ứng" } },
  { "Anaphylaxis", { "Anaphylaxis", "アナフィラキシー", "过敏性休克", "過敏性休克", "아나필락시스", "تأق", "анафилаксия", "Phản vệ" } },
  { "Cytokine release syndrome", { "Cytokine release syndrome", "サイトカイン放出症候群", "细胞因子释放综合征", "細胞激素釋放症候群", "사이토카인 방출 증후군", "متلازمة إطلاق السيتوكين", "синдром высвобождения цитокинов", "Hội chứng giải phóng cytokine" } },
  { "Hypotension", { "Hypotension", "低血圧", "低血压", "低血壓", "저혈압", "انخفاض ضغط الدم", "гипотензия", "Hạ huyết áp" } },
  { "Hypertension", { "Hypertension", "高血圧", "高血压", "高血壓", "고혈압", "ارتفاع ضغط الدم", "гипертензия", "Tăng huyết áp" } },
  { "Dyspnea", { "Dyspnea", "呼吸困難", "呼吸困难", "呼吸困難", "호흡곤란", "ضيق التنفس", "одышка", "Khó thở" } },
  { "Sinus tachycardia", { "Sinus tachycardia", "洞性頻脈", "窦性心动过速", "竇性心搏過速", "동성 빈맥", "تسرع القلب الجيبي", "синусовая тахикардия", "Nhịp nhanh xoang" } },
  { "Nausea", { "Nausea", "悪心", "恶心", "噁心", "오심", "غثيان", "тошнота", "Buồn nôn" } },
  { "Vomiting", { "Vomiting", "嘔吐", "呕吐", "嘔吐", "구토", "قيء", "рвота", "Nôn" } },
  { "Headache", { "Headache", "頭痛", "头痛", "頭痛", "두통", "صداع", "головная боль", "Đau đầu" } },
  { "Dizziness", { "Dizziness", "浮動性めまい", "头晕", "頭暈", "어지러움", "دوار", "головокружение", "Chóng mặt" } },
  { "Syncope", { "Syncope", "失神", "晕厥", "暈厥", "실신", "إغماء", "обморок", "Ngất" } },
  { "Pruritus", { "Pruritus", "そう痒症", "瘙痒", "搔癢", "가려움", "حكة", "зуд", "Ngứa" } },
  { "Urticaria", { "Urticaria", "蕁麻疹", "荨麻疹", "蕁麻疹", "두드러기", "شرى", "крапивница", "Mày đay" } },
  { "Rash maculo-papular", { "Rash maculo-papular", "斑状丘疹状皮疹", "斑丘疹", "斑丘疹", "반구진 발진", "طفح بقعي حطاطي", "пятнисто-папулёзная сыпь", "Ban dát sẩn" } },
  { "Infusion site extravasation", { "Infusion site extravasation", "注入部位血管外漏出", "输注部位外渗", "輸注部位外滲", "주입 부위 혈관외 유출", "تسرب خارج الوعاء في موضع التسريب", "экстравазация в месте инфузии", "Thoát mạch tại chỗ truyền" } },
  { "Back pain", { "Back pain", "背部痛", "背痛", "背痛", "등 통증", "ألم الظهر", "боль в спине", "Đau lưng" } },
  { "Malaise", { "Malaise", "倦怠感", "不适", "不適", "권태감", "توعك", "недомогание", "Khó chịu" } },
  { "Fatigue", { "Fatigue", "疲労", "疲劳", "疲勞", "피로", "إرهاق", "утомляемость", "Mệt mỏi" } },
  { "Sepsis", { "Sepsis", "敗血症", "败血症", "敗血症", "패혈증", "إنتان", "сепсис", "Nhiễm trùng huyết" } },
};

static const DeskLetterWord lot_tests[] = {
  { "viability", { "Viability", "生存率", "存活率", "存活率", "생존율", "الحيوية", "жизнеспособность", "Tỷ lệ sống" } },
  { "count", { "Cell count", "細胞数", "细胞数", "細胞數", "세포 수", "عدد الخلايا", "число клеток", "Số lượng tế bào" } },
  { "purity", { "Purity (CD3−CD56+)", "純度 (CD3−CD56+)", "纯度 (CD3−CD56+)", "純度 (CD3−CD56+)", "순도 (CD3−CD56+)", "النقاوة (CD3−CD56+)", "чистота (CD3−CD56+)", "Độ tinh khiết (CD3−CD56+)" } },
  { "endotoxin", { "Endotoxin", "エンドトキシン", "内毒素", "內毒素", "엔도톡신", "الذيفان الداخلي", "эндотоксин", "Nội độc tố" } },
  { "mycoplasma", { "Mycoplasma", "マイコプラズマ", "支原体", "黴漿菌", "마이코플라스마", "الميكوبلازما", "микоплазма", "Mycoplasma" } },
  { "sterility", { "Sterility", "無菌試験", "无菌检查", "無菌試驗", "무균 시험", "العقامة", "стерильность", "Vô khuẩn" } },
  { "gram", { "Gram stain", "グラム染色", "革兰染色", "革蘭氏染色", "그람 염색", "صبغة غرام", "окраска по Граму", "Nhuộm Gram" } },
  { "identity", { "Identity", "同一性確認", "鉴别", "鑑別", "동일성", "التحقق من الهوية", "идентичность", "Nhận dạng" } },
};

/* In English and Japanese the clinic calls them as it likes. */
static const DeskLetterWord visit_types[] = {
  { "remote", { NULL, NULL, "远程会诊", "遠距諮詢", "원격 상담", "استشارة عن بُعد", "дистанционная консультация", "Tư vấn từ xa" } },
  { "consultation", { NULL, NULL, "门诊", "門診", "진료 상담", "استشارة", "консультация", "Khám tư vấn" } },
  { "viral_test", { NULL, NULL, "传染病检查", "傳染病檢查", "감염증 검사", "فحص الفيروسات", "анализ на инфекции", "Xét nghiệm virus" } },
  { "blood_draw", { NULL, NULL, "采血", "採血", "채혈", "سحب الدم", "взятие крови", "Lấy máu" } },
  { "apheresis", { NULL, NULL, "血细胞单采", "血球分離", "성분채집", "فصادة الدم", "аферез", "Tách bạch cầu" } },
  { "infusion", { NULL, NULL, "细胞回输", "細胞回輸", "세포 주입", "تسريب الخلايا", "инфузия клеток", "Truyền tế bào" } },
  { "follow_up", { NULL, NULL, "复诊", "回診", "경과 관찰", "متابعة", "контрольный приём", "Tái khám" } },
  { "dendritic", { NULL, NULL, "树突状细胞疫苗", "樹突細胞疫苗", "수지상세포 백신", "لقاح الخلايا المتغصنة", "вакцина из дендритных клеток", "Vắc-xin tế bào tua" } },
  { "checkpoint", { NULL, NULL, "免疫检查点抑制剂", "免疫檢查點抑制劑", "면역관문억제제", "مثبط نقاط التفتيش المناعية", "ингибитор контрольных точек", "Thuốc ức chế điểm kiểm soát miễn dịch" } },
  { "hyperthermia", { NULL, NULL, "热疗", "熱療", "온열 치료", "العلاج بالحرارة", "гипертермия", "Nhiệt trị liệu" } },
};

static const DeskLetterWord languages[] = {
  { "en", { "English", "英語" } },    { "ja", { "Japanese", "日本語" } },     { "zh", { "Chinese", "中国語" } },
  { "ko", { "Korean", "韓国語" } },   { "ar", { "Arabic", "アラビア語" } },   { "ru", { "Russian", "ロシア語" } },
  { "vi", { "Vietnamese", "ベトナム語" } }, { "th", { "Thai", "タイ語" } },   { "id", { "Indonesian", "インドネシア語" } },
  { "es", { "Spanish", "スペイン語" } }, { "fr", { "French", "フランス語" } }, { "de", { "German", "ドイツ語" } },
  { "pt", { "Portuguese", "ポルトガル語" } }, { "mn", { "Mongolian", "モンゴル語" } }, { "ms", { "Malay", "マレー語" } },
};

/* Sets a reaction's term. */
void
desk_letter_put_reaction (DeskFields *fields, const char *name, const char *term)
{
  desk_letter_put_word (fields, name, reactions, G_N_ELEMENTS (reactions), term);
}

/* Sets what a test of a lot is called. */
void
desk_letter_put_lot_test (DeskFields *fields, const char *name, const char *code)
{
  desk_letter_put_word (fields, name, lot_tests, G_N_ELEMENTS (lot_tests), code);
}

/* Sets a kind of visit: as the clinic calls it, and in languages the clinic has no name in as it is usually called. */
void
desk_letter_put_visit_type (DeskFields *fields, const char *name, const char *code, const char *english, const char *japanese)
{
  desk_letter_put_word (fields, name, visit_types, G_N_ELEMENTS (visit_types), code);
  desk_letter_put_both (fields, name, english, japanese);
}

/* Sets a language's name by its code. */
void
desk_letter_put_language (DeskFields *fields, const char *name, const char *code)
{
  desk_letter_put_word (fields, name, languages, G_N_ELEMENTS (languages), code);
}

/* A number of cells as doctors write it, "1.25 × 10⁹"; "0" for none. The caller frees it. */
char *
desk_letter_cells (gint64 cells)
{
  static const char *const raised[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  gint64 hundredths = cells;
  int power = 2;

  if (cells <= 0)
    return g_strdup ("0");
  if (cells < 1000)
    return g_strdup_printf ("%" G_GINT64_FORMAT, cells);
  /* Three figures, rounded once, half up. */
  for (gint64 unit = 1; hundredths >= 1000; power++)
    {
      unit *= 10;
      hundredths = (cells + unit / 2) / unit;
    }
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT " × 10%s%s", hundredths / 100, hundredths % 100,
                          power > 9 ? raised[power / 10] : "", raised[power % 10]);
}
