//! Writes PDF files for the tests: pages of drawing operators, four fonts, nothing compressed, so that damage hits what matters.

/// A file with one page for each content; `links` stand on the first page as rectangle and address.
pub(crate) fn file(contents: &[&str], links: &[([u32; 4], &str)]) -> Vec<u8> {
    let first_page = 9;
    let kids: Vec<String> = (0..contents.len()).map(|page| format!("{} 0 R", first_page + 2 * page)).collect();
    let annotation = |(area, address): &([u32; 4], &str)| {
        let [x0, y0, x1, y1] = area;
        format!("<</Type/Annot/Subtype/Link/Rect[{x0} {y0} {x1} {y1}]/A<</S/URI/URI({address})>>>>")
    };
    let annotations: String = links.iter().map(annotation).collect();
    let font = |name: &str| format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>");
    let map = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange \
               5 beginbfchar <61> <0627> <62> <0628> <63> <062c> <64> <062f> <65> <FEFB> endbfchar endcmap end";
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count {}/Kids[{}]>>", contents.len(), kids.join(" ")),
        font("Times-Roman"),
        font("Times-Bold"),
        font("Times-Italic"),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 7 0 R>>".to_owned(),
        stream(map),
        stream("BT /R 10 Tf 72 40 Td (in a form) Tj ET").replacen(
            "<<",
            "<</Type/XObject/Subtype/Form/BBox[0 0 612 792]",
            1,
        ),
    ];
    for (page, content) in contents.iter().enumerate() {
        let annotations = if page == 0 { annotations.as_str() } else { "" };
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {} 0 R/Annots[{annotations}]\
             /Resources<</Font<</R 3 0 R/B 4 0 R/I 5 0 R/A 6 0 R>>/XObject<</X 8 0 R>>>>>>",
            first_page + 2 * page + 1
        ));
        objects.push(stream(content));
    }
    assemble(&objects)
}

fn stream(content: &str) -> String {
    format!("<</Length {}>>\nstream\n{content}\nendstream", content.len())
}

fn assemble(objects: &[String]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        bytes.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    let trailer = format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    bytes.extend(trailer.bytes());
    bytes
}

/// A line of text at a place, from the lower left corner, in a font and size.
pub(crate) fn text(font: char, size: u32, x: u32, y: u32, letters: &str) -> String {
    format!("BT /{font} {size} Tf {x} {y} Td ({letters}) Tj ET\n")
}
