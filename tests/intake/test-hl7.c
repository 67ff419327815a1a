#include <string.h>

#include "desk-hl7-read.h"
#include "desk-lab-csv-read.h"

#define HEAD "MSH|^~\\&|LAB|EXT|FRONT|CLINIC|20260201101500+0900||ORU^R01^ORU_R01|00001|P|2.5.1|||||JPN|UNICODE UTF-8\r"
#define PERSON "PID|1||P0001^^^CLINIC^PI||ERIKSSON^ANNA^MARIA^^^^L^A~エリクソン^アンナ^マリア^^^^L^P||19740812|F\r"
#define ORDER "OBR|1||A100|24331-1^Panel^LN|||20260110093000+0900\r"
#define TOP "message\t00001\ntype\tORU^R01^ORU_R01\nsender\tLAB EXT\nsent\t2026-02-01\n"
#define WHO \
  "patient\tP0001\nname-code\tA\nfamily\tERIKSSON\ngiven\tANNA MARIA\nname-code\tP\nfamily\tエリクソン\ngiven\tアンナ マリア\n" \
  "birth\t1974-08-12\nsex\tF\n"
#define SPECIMEN "report\tA100\ncollected\t2026-01-10\nservice\tPanel\n"
#define ALL TOP WHO SPECIMEN

static const struct
{
  const char *label, *bytes, *lines;
} cases[] = {
  { "NM", HEAD PERSON ORDER "OBX|1|NM|6690-2^Leukocytes^LN||5.4|10*3/uL|3.3-8.6|N|||F\r",
    ALL "value\t4\nloinc\t6690-2\nname\tLeukocytes\nresult\t5.4\nunit\t10*3/uL\nrange\t3.3-8.6\nflag\tN\nstatus\tF\n" },
  { "SN", HEAD PERSON ORDER "OBX|2|SN|2039-6^CEA^LN||<^0.5|ng/mL|0-5.0|N|||F\r",
    ALL "value\t4\nloinc\t2039-6\nname\tCEA\nresult\t<0.5\nunit\tng/mL\nrange\t0-5.0\nflag\tN\nstatus\tF\n" },
  { "SN titre", HEAD PERSON ORDER "OBX|2|SN|31147-2^RPR^LN||^1^:^8||||||F\r",
    ALL "value\t4\nloinc\t31147-2\nname\tRPR\nresult\t1:8\nrange\t\nstatus\tF\n" },
  { "corrected", HEAD PERSON ORDER "OBX|3|NM|24108-3^CA19-9^LN||41|[arb'U]/mL|0-37|H|||C\r",
    ALL "value\t4\nloinc\t24108-3\nname\tCA19-9\nresult\t41\nunit\t[arb'U]/mL\nrange\t0-37\nflag\tH\nstatus\tC\n" },
  { "NTE and escapes", HEAD PERSON ORDER "OBX|4|ST|29901-6^HTLV I+II Ab^LN||Negative|||N|||F\rNTE|1||Value with \\T\\ and \\S\\ and \\E\\ escapes\rNTE|2||\\F\\ \\R\\ \\X41\\ \\.br\\ \\Q\\\r",
    ALL "value\t4\nloinc\t29901-6\nname\tHTLV I+II Ab\nresult\tNegative\nrange\t\nflag\tN\nstatus\tF\nnote\tValue with & and ^ and \\\\ escapes\\n| ~ A \\n \\\\Q\\\\\n" },
  { "LF and CR LF", "MSH|^~\\&|L|E|||20260201||ORU^R01|7|P|2.3\nPID|1||5||A^B||1974|M\r\nOBR|1|O1||X|||20260110\nOBX|1||WBC^白血球数^L||5.4|10^3/µL||||||F\n",
    "problem\t1 wrong-charset UTF-8\nmessage\t7\ntype\tORU^R01\nsender\tL E\nsent\t2026-02-01\npatient\t5\nname-code\t\nfamily\tA\ngiven\tB\nbirth\t1974\nsex\tM\nreport\tO1\n"
    "collected\t2026-01-10\nservice\tX\nvalue\t4\ncode\tWBC\nname\t白血球数\nresult\t5.4\nunit\t10^3/µL\nrange\t\nstatus\tF\n" },
  { "two codes", HEAD PERSON ORDER "OBX|1|CWE|3C020^UA^JC10^3084-1^Urate^LN||N^陰性^L||||||F\r",
    ALL "value\t4\ncode\t3C020\nloinc\t3084-1\nname\tUA\nresult\t陰性\nrange\t\nstatus\tF\n" },
  { "OUL", "MSH|^~\\&|L|E|||20260201||OUL^R22^OUL_R22|8|P|2.5\rPID|1||5||A^B||19740812|M\rSPM|1|||019|||||||||||||20260109\rOBR|1||N9|P^Panel^L\rOBX|1|NM|2A010000001966101^WBC^JC10||5.4|||||||\r",
    "message\t8\ntype\tOUL^R22^OUL_R22\nsender\tL E\nsent\t2026-02-01\npatient\t5\nname-code\t\nfamily\tA\ngiven\tB\nbirth\t1974-08-12\nsex\tM\nreport\tN9\ncollected\t2026-01-09\nservice\tPanel\n"
    "value\t5\ncode\t2A010000001966101\nname\tWBC\nresult\t5.4\nrange\t\nstatus\tF\n" },
  { "refused and skipped", HEAD PERSON ORDER "OBX|1|ED|X||data||||||F\rOBX|2|NM|Y|||||||||F\rOBX|3|NM|Z||||||||I\rOBX|4|NM|||5||||||F\rOBX|5|NM|V||||||||X\r",
    ALL "problem\t4:OBX type-refused ED\nproblem\t5:OBX no-value Y\nproblem\t6:OBX no-result-yet I\nproblem\t7:OBX no-test\nvalue\t8\ncode\tV\nresult\t\nrange\t\nstatus\tX\n" },
  { "batch, framing and two messages", "FHS|^~\\&|x\rBHS|^~\\&|x\r\x0bMSH|^~\\&|||||||ORU|1\r\x1c\rMSH#*~\\&#########ORU#2\rBTS|2\r",
    "message\t1\ntype\tORU\nsender\t\nsent\t\nmessage\t\ntype\t\nsender\t\nsent\t\nproblem\t5:MSH not-results\n" },
  { "before the header", "OBX|1\r", "problem\t1 before-header\nproblem\t1 not-hl7\n" },
  { "nothing", "", "problem\t1 not-hl7\n" },
  { "bad signs", "MSH||||||\r", "problem\t1 bad-header\n" },
  { "no order", HEAD PERSON "OBX|1|NM|Y||5||||||F\r", TOP WHO "problem\t3:OBX no-order\nvalue\t3\ncode\tY\nresult\t5\nrange\t\nstatus\tF\n" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      desk_hl7_read (cases[i].bytes, strlen (cases[i].bytes), out);
      g_test_message ("%s", cases[i].label);
      g_assert_cmpstr (out->str, ==, cases[i].lines);
    }
}

static const struct
{
  const char *declared, *name, *problem; /* the name as bytes */
  gssize length;
} charsets[] = {
  { "UNICODE UTF-8", "山田^花子", NULL }, { "~ISO IR87", "\033$B;3ED\033(B^\033$B2V;R\033(B", NULL }, { "SHIFT_JIS", "\x8e\x52\x93\x63^\x89\xd4\x8e\x71", NULL },
  { "", "\033$B;3ED\033(B^\033$B2V;R\033(B", "problem\t1 wrong-charset ISO-2022-JP\n" },
  { "ASCII", "山田^花子", "problem\t1 wrong-charset UTF-8 ASCII\n" },
  { "UNICODE UTF-8", "\x8e\x52\x93\x63^\x89\xd4\x8e\x71", "problem\t1 wrong-charset CP932 UNICODE UTF-8\n" },
};

static void
test_charsets (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      g_autoptr (GString) in = g_string_new (NULL), out = g_string_new (NULL);

      g_string_printf (in, "MSH|^~\\&|L|E|||20260201||ORU^R01|7|P|2.5|||||JPN|%s||ISO 2022-1994\rPID|1||5||%s^^^^^L^I||1974|M\r", charsets[i].declared, charsets[i].name);
      desk_hl7_read (in->str, in->len, out);
      g_test_message ("%u: %s", i, out->str);
      g_assert_nonnull (strstr (out->str, "name-code\tI\nfamily\t山田\ngiven\t花子\n"));
      if (charsets[i].problem)
        g_assert_nonnull (strstr (out->str, charsets[i].problem));
      else
        g_assert_null (strstr (out->str, "problem"));
    }
}

static const struct
{
  const char *label, *bytes, *lines;
} tables[] = {
  { "long", "検査項目,結果値,単位,基準値,採血日\nCEA,0.5未満,ng/mL,5.0以下,2026/1/10\nCA19-9,41,U/mL,37以下,2026/1/10\n",
    "encoding\tUTF-8\ndelimiter\t,\nmessage\t\npatient\t\nbirth\t\nsex\t\nreport\t\nlaboratory\t\ncollected\t2026-01-10\n"
    "value\t2\nname\tCEA\nresult\t0.5未満\nunit\tng/mL\nrange\t5.0以下\ncode\t\nloinc\t\nflag\t\nnote\t\n"
    "value\t3\nname\tCA19-9\nresult\t41\nunit\tU/mL\nrange\t37以下\ncode\t\nloinc\t\nflag\t\nnote\t\n" },
  { "wide", "Results of a clinic\nDate;CEA (ng/mL);AST(GOT)\nunit;;U/L\nrange;<5.0;13-30\n2026-01-10;<0.5;22\n2026-02-10;1.2;\n",
    "encoding\tUTF-8\ndelimiter\t;\nmessage\t\npatient\t\nbirth\t\nsex\t\nreport\t\nlaboratory\t\ncollected\t2026-01-10\n"
    "value\t5\nname\tCEA\nresult\t<0.5\nunit\tng/mL\nrange\t<5.0\nvalue\t5\nname\tAST(GOT)\nresult\t22\nunit\tU/L\nrange\t13-30\n"
    "report\t\nlaboratory\t\ncollected\t2026-02-10\nvalue\t6\nname\tCEA\nresult\t1.2\nunit\tng/mL\nrange\t<5.0\n" },
  { "two people", "name\tbirth\ttest\tvalue\tdate\nA B\t1974-08-12\tCEA\t1\t2026-01-10\nC D\t1980-01-01\tCEA\t2\t2026-13-10\n\t\t\t5\t\nC D\t1980-01-01\tAFP\t\t2026-01-10\n",
    "encoding\tUTF-8\ndelimiter\t\\t\nmessage\t\npatient\t\nname-code\t\nfamily\tA B\nbirth\t1974-08-12\nsex\t\nreport\t\nlaboratory\t\ncollected\t2026-01-10\n"
    "value\t2\nname\tCEA\nresult\t1\nunit\t\nrange\t\ncode\t\nloinc\t\nflag\t\nnote\t\n"
    "patient\t\nname-code\t\nfamily\tC D\nbirth\t1980-01-01\nsex\t\nreport\t\nlaboratory\t\nproblem\t3 not-a-date 2026-13-10\n"
    "value\t3\nname\tCEA\nresult\t2\nunit\t\nrange\t\ncode\t\nloinc\t\nflag\t\nnote\t\nproblem\t4 no-test 5\nproblem\t5 no-value AFP\n" },
  { "no header", "1,2\n3,4\n", "encoding\tUTF-8\ndelimiter\t,\nmessage\t\nproblem\t1 no-header\n" },
};

static void
test_tables (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      desk_lab_csv_read (tables[i].bytes, strlen (tables[i].bytes), out);
      g_test_message ("%s", tables[i].label);
      g_assert_cmpstr (out->str, ==, tables[i].lines);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hl7/cases", test_cases);
  g_test_add_func ("/hl7/charsets", test_charsets);
  g_test_add_func ("/lab-csv/tables", test_tables);
  return g_test_run ();
}
