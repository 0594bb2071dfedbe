#pragma once
// What decides everything about one run: each choice (a "site") draws its own number, so that a
// genome can be varied in some of its choices while the others stay. Later layers replace earlier
// ones at a share of the sites.

#include <cstdint>
#include <vector>

namespace tagproof::soundness {

[[nodiscard]] constexpr uint64_t mix(uint64_t x) {  // splitmix64's finalizer
    x += 0x9E3779B97F4A7C15;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
    return x ^ (x >> 31);
}

// Seeded random numbers, equal everywhere.
class Dice {
  public:
    explicit Dice(uint64_t seed) : state_(mix(seed)) {}
    uint64_t operator()() { return mix(state_ += 0x9E3779B97F4A7C15); }
    [[nodiscard]] unsigned below(size_t n) { return static_cast<unsigned>((*this)() % n); }
    [[nodiscard]] bool oneIn(unsigned n) { return below(n) == 0; }

  private:
    uint64_t state_;
};

struct Genome {
    struct Layer {
        uint64_t seed;
        uint8_t rate;  // of 256 sites; the first layer has all
    };
    // One choice made anew.
    struct Choice {
        uint32_t site;
        uint64_t draw;
    };
    std::vector<Layer> layers;
    std::vector<Choice> choices;
    uint64_t chosen = 0;  // bit `site % 64` of each of them

    [[nodiscard]] static Genome fresh(uint64_t seed) {
        Genome made;
        made.layers.push_back({seed, 255});
        return made;
    }
    [[nodiscard]] Genome varied(uint64_t seed, uint8_t rate) const {
        constexpr size_t kMaxLayers = 12;
        Genome child = *this;
        if (child.layers.size() >= kMaxLayers) child.layers.pop_back();
        child.layers.push_back({seed, rate});
        return child;
    }
    void choose(uint32_t site, uint64_t number) {
        constexpr size_t kMaxChoices = 48;
        if (choices.size() >= kMaxChoices) choices.erase(choices.begin());
        choices.push_back({site, number});
        chosen |= uint64_t{1} << site % 64;
    }
    [[nodiscard]] uint64_t draw(uint32_t site) const {
        if ((chosen >> site % 64 & 1) != 0) {
            for (size_t k = choices.size(); k-- > 0;) {
                if (choices[k].site == site) return choices[k].draw;
            }
        }
        for (size_t k = layers.size(); k-- > 1;) {
            const uint64_t x = mix(layers[k].seed ^ (uint64_t{site} << 20));
            if ((x & 0xFF) < layers[k].rate) return mix(x);
        }
        return mix(mix(layers[0].seed ^ (uint64_t{site} << 20)));
    }
};

}  // namespace tagproof::soundness
