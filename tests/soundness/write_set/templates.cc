#include "tests/soundness/write_set/templates.h"

#include <cstring>

namespace tagproof::soundness {
namespace {

constexpr unsigned kOpcodes = 256;

// Fills in what decode() says of the template with this ModRM.reg; false: it is not accepted.
bool askDecoder(Template& form, unsigned extension) {
    Fields fields;
    fields.reg = static_cast<uint8_t>(extension);
    fields.rm = 1;
    fields.vvvv = form.has_vvvv ? 2 : 0;
    fields.has_base = true;
    fields.immediate = 0x0606060606060606;
    Template wide = form;
    wide.immediate_bytes = 0;
    std::vector<uint8_t> bytes;
    encode(wide, fields, bytes);
    const size_t size = bytes.size();
    bytes.resize(size + 9, 0x06);
    verify::Program program;
    verify::decode(bytes, 0, program);
    const verify::Instruction& record = program.instructions.front();
    if (record.family == verify::Family::kFault || record.length < size) return false;
    form.immediate_bytes = static_cast<uint8_t>(record.length - size);
    form.row = record.row;
    form.family = record.family;
    form.width = record.width;
    return true;
}

// All rows that an opcode has, one template a row and immediate size.
void addTemplates(const Template& form, std::vector<std::vector<Template>>& rows) {
    std::vector<Template> found;
    for (unsigned extension = 0; extension < 8; ++extension) {
        Template asked = form;
        if (!askDecoder(asked, extension)) continue;
        Template* same = nullptr;
        for (Template& other : found) {
            const bool fits = other.immediate_bytes == asked.immediate_bytes;
            if (other.row == asked.row && fits) same = &other;
        }
        if (same == nullptr) {
            same = &found.emplace_back(asked);
            same->extensions = 0;
        }
        same->extensions = static_cast<uint8_t>(same->extensions | 1U << extension);
        if (!form.has_modrm) break;
    }
    for (const Template& one : found) rows[one.row].push_back(one);
}

void addOpcodes(Template form, std::vector<std::vector<Template>>& rows) {
    for (unsigned opcode = 0; opcode < kOpcodes; ++opcode) {
        form.opcode = static_cast<uint8_t>(opcode);
        const bool is_prefix =
            !form.has_escape && !form.is_vex &&
            (opcode == 0x0F || (opcode & 0xF0) == 0x40 || opcode == 0x66 || opcode == 0x67 ||
             (opcode & 0xFE) == 0xF2 || opcode == 0xC4 || opcode == 0xC5 ||
             (opcode & 0xFE) == 0x64 || opcode == 0xF0 || (opcode & 0xE7) == 0x26);
        if (is_prefix) continue;
        form.has_modrm =
            form.is_vex || hasModrm(form.has_escape ? Map::k0F : Map::kOneByte, opcode);
        form.has_memory = false;
        addTemplates(form, rows);
        if (!form.has_modrm) continue;
        form.has_memory = true;
        addTemplates(form, rows);
    }
}

void putModrm(const Template& form, const Fields& fields, std::vector<uint8_t>& out) {
    const unsigned reg = (fields.reg & 7U) << 3;
    if (!form.has_memory) {
        out.push_back(static_cast<uint8_t>(0xC0U | reg | (fields.rm & 7U)));
        return;
    }
    const unsigned mod = !fields.has_base || fields.disp_bytes == 0 ? 0
                         : fields.disp_bytes == 1                   ? 1
                                                                    : 2;
    const bool needs_sib = fields.has_index || !fields.has_base || (fields.base & 7) == 4;
    const unsigned base = fields.has_base ? fields.base & 7U : 5U;
    out.push_back(static_cast<uint8_t>(mod << 6 | reg | (needs_sib ? 4U : base)));
    if (needs_sib) {
        const unsigned index = fields.has_index ? fields.index & 7U : 4U;
        out.push_back(static_cast<uint8_t>(fields.scale_bits << 6 | index << 3 | base));
    }
    for (unsigned k = 0; k < fields.disp_bytes; ++k) {
        out.push_back(static_cast<uint8_t>(static_cast<uint32_t>(fields.disp) >> (8 * k)));
    }
}

}  // namespace

void encode(const Template& form, const Fields& fields, std::vector<uint8_t>& out) {
    const unsigned r = fields.reg >> 3;
    const unsigned x = form.has_memory && fields.has_index ? fields.index >> 3 : 0U;
    const unsigned base = fields.has_base ? fields.base >> 3 : 0U;
    const unsigned b = form.has_memory ? base : fields.rm >> 3;
    if (form.is_vex) {
        out.push_back(0xC4);
        out.push_back(static_cast<uint8_t>((r ^ 1U) << 7 | (x ^ 1U) << 6 | (b ^ 1U) << 5 | 1U));
        out.push_back(static_cast<uint8_t>((form.is_wide ? 0x80U : 0U) | (~fields.vvvv & 15U) << 3 |
                                           form.prefix));
    } else {
        if (form.prefix != 0) out.push_back(form.prefix);
        const unsigned rex = (form.is_wide ? 8U : 0U) | r << 2 | x << 1 | b;
        if (rex != 0 || fields.with_rex) out.push_back(static_cast<uint8_t>(0x40U | rex));
        if (form.has_escape) out.push_back(0x0F);
    }
    // A register in the opcode has all its values in a row's templates: only REX.B is open there.
    out.push_back(form.opcode);
    if (form.has_modrm) putModrm(form, fields, out);
    for (unsigned k = 0; k < form.immediate_bytes; ++k) {
        out.push_back(static_cast<uint8_t>(fields.immediate >> (8 * k)));
    }
}

std::vector<std::vector<Template>> findTemplates() {
    std::vector<std::vector<Template>> rows(verify::rowCount());
    for (const bool is_wide : {false, true}) {
        for (const unsigned prefix : {0U, 0x66U, 0xF2U, 0xF3U}) {
            for (const bool has_escape : {false, true}) {
                Template form;
                form.is_wide = is_wide;
                form.prefix = static_cast<uint8_t>(prefix);
                form.has_escape = has_escape;
                addOpcodes(form, rows);
            }
        }
        for (uint8_t prefix = 0; prefix < 4; ++prefix) {
            for (const bool has_vvvv : {false, true}) {
                Template form;
                form.is_vex = true;
                form.is_wide = is_wide;
                form.prefix = prefix;
                form.has_vvvv = has_vvvv;
                addOpcodes(form, rows);
            }
        }
    }
    return rows;
}

}  // namespace tagproof::soundness
