// The checks, one a file of this folder.  What each looks for stands in rules.cpp.
#pragma once

#include "diagnose/rules.h"

namespace cvr::diagnose {

Finding c01(const Facts& facts, const Findings& before);
Finding c02(const Facts& facts, const Findings& before);
Finding c03(const Facts& facts, const Findings& before);
Finding c04(const Facts& facts, const Findings& before);
Finding c05(const Facts& facts, const Findings& before);
Finding c06(const Facts& facts, const Findings& before);
Finding c07(const Facts& facts, const Findings& before);
Finding c08(const Facts& facts, const Findings& before);
Finding c09(const Facts& facts, const Findings& before);
Finding c10(const Facts& facts, const Findings& before);
Finding c11(const Facts& facts, const Findings& before);
Finding c12(const Facts& facts, const Findings& before);
Finding c13(const Facts& facts, const Findings& before);
Finding g01(const Facts& facts, const Findings& before);
Finding g02(const Facts& facts, const Findings& before);
Finding g03(const Facts& facts, const Findings& before);
Finding g04(const Facts& facts, const Findings& before);
Finding g05(const Facts& facts, const Findings& before);
Finding g06(const Facts& facts, const Findings& before);
Finding g07(const Facts& facts, const Findings& before);
Finding g08(const Facts& facts, const Findings& before);
Finding g09(const Facts& facts, const Findings& before);
Finding x01(const Facts& facts, const Findings& before);
Finding x02(const Facts& facts, const Findings& before);
Finding x03(const Facts& facts, const Findings& before);
Finding x04(const Facts& facts, const Findings& before);
Finding x05(const Facts& facts, const Findings& before);
Finding x06(const Facts& facts, const Findings& before);
Finding a01(const Facts& facts, const Findings& before);
Finding a02(const Facts& facts, const Findings& before);
Finding a03(const Facts& facts, const Findings& before);
Finding a04(const Facts& facts, const Findings& before);
Finding a05(const Facts& facts, const Findings& before);
Finding a06(const Facts& facts, const Findings& before);
Finding a07(const Facts& facts, const Findings& before);
Finding v01(const Facts& facts, const Findings& before);
Finding v02(const Facts& facts, const Findings& before);
Finding v03(const Facts& facts, const Findings& before);
Finding v04(const Facts& facts, const Findings& before);
Finding v05(const Facts& facts, const Findings& before);
Finding r01(const Facts& facts, const Findings& before);
Finding r02(const Facts& facts, const Findings& before);
Finding r03(const Facts& facts, const Findings& before);
Finding r04(const Facts& facts, const Findings& before);
Finding r05(const Facts& facts, const Findings& before);
Finding n01(const Facts& facts, const Findings& before);
Finding n02(const Facts& facts, const Findings& before);
Finding n03(const Facts& facts, const Findings& before);
Finding n04(const Facts& facts, const Findings& before);
Finding n05(const Facts& facts, const Findings& before);
Finding n06(const Facts& facts, const Findings& before);
Finding l01(const Facts& facts, const Findings& before);
Finding l02(const Facts& facts, const Findings& before);
Finding m01(const Facts& facts, const Findings& before);
Finding m02(const Facts& facts, const Findings& before);
Finding m03(const Facts& facts, const Findings& before);
Finding m04(const Facts& facts, const Findings& before);
Finding m05(const Facts& facts, const Findings& before);
Finding m06(const Facts& facts, const Findings& before);
Finding m07(const Facts& facts, const Findings& before);

}  // namespace cvr::diagnose
