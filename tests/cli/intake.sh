#!/bin/sh
# intake-scan: a folder of DICOM files as XML. Needs bubblewrap.
. "$(dirname "$0")/tap.sh"

# element GROUP-AND-NUMBER VR VALUE: explicit little endian, at most 255 bytes
element () {
  value=$3
  [ $((${#value} % 2)) = 0 ] || value="$value "
  printf "$1$2\\$(printf %03o ${#value})\\0%s" "$value"
}
# dicom NUMBER ID NAME BIRTH: a file of a study of its own, without preamble
dicom () {
  element '\010\0\05\0' CS '\ISO 2022 IR 87'
  element '\010\0\026\0' UI 1.2.840.10008.5.1.4.1.1.2
  element '\010\0\030\0' UI "1.2.3.$1"
  element '\010\0\040\0' DA 2026.05.17
  element '\010\0\060\0' TM 093015.5
  element '\010\0\140\0' CS CT
  element '\010\0\200\0' LO "$(printf '\033$BIB1!\033(B')"
  element '\020\0\020\0' PN "$3"
  element '\020\0\040\0' LO "$2"
  element '\020\0\060\0' DA "$4"
  element '\020\0\100\0' CS F
  element '\030\0\025\0' CS CHEST
  element '\040\0\015\0' UI "1.2.3.4.$2"
  element '\040\0\016\0' UI "1.2.3.4.$2.1"
  element '\040\0\021\0' IS 3
}
mkdir -p disc/sub empty
dicom 1 11 "$(printf 'Yamada^Tarou=\033$B;3ED\033(B^\033$BB@O:\033(B=\033$B$d$^$@\033(B^\033$B$?$m$&\033(B')" 19610304 > disc/im1
dicom 2 11 "$(printf 'Yamada^Tarou=\033$B;3ED\033(B^\033$BB@O:\033(B=\033$B$d$^$@\033(B^\033$B$?$m$&\033(B')" 19610304 > disc/sub/im2
dicom 3 22 'Nguyen^Thi' 1975 > disc/sub/im3
echo 'no picture' > disc/readme.txt
ln -s /etc/passwd disc/passwd
mkfifo disc/pipe

run intake-scan; fails 2 usage 'without a folder'
run intake-scan nowhere; fails 1 'no such folder' 'a folder that is not there'
run intake-scan disc/im1; fails 1 'no such folder' 'a file for a folder'
if bwrap --unshare-all --ro-bind / / true 2> /dev/null; then
  run intake-scan disc
  done_well 'a folder is read'
  cp .out disc.xml
  holds 'it is valid' xmllint --noout --schema "$source/data/schema/intake.xsd" disc.xml
  cp disc.xml .out
  says '<intake .*files="3" dicomdir="false"' 'three files'
  [ "$(grep -c '<patient ' .out)" = 2 ]
  result $? 'two patients'
  says '<patient birth="1961-03-04" sex="F">' 'birth and sex'
  says '<family>山田</family>' 'kanji'
  says '<family>やまだ</family>' 'kana'
  says '<study uid="1.2.3.4.11" date="2026-05-17" time="09:30:15"' 'an old date'
  says '<hospital>病院</hospital>' 'the hospital'
  says '<body-part>CHEST</body-part>' 'the part of the body'
  says 'modality="CT" number="3" images="0" files="2"' 'a series of two files'
  says '<problem code="link">passwd</problem>' 'a link is not followed'
  says '<problem code="not-a-file">pipe</problem>' 'a pipe is not waited for'
  ! grep -q root: .out
  result $? 'nothing from behind the link'
  run intake-scan empty
  done_well 'an empty folder is no error'
  says 'files="0"' 'and has no files'
fi
path=$PATH
PATH=$work
run intake-scan disc
PATH=$path
fails 1 'bubblewrap' 'without bubblewrap nothing is read'
plan
